namespace Dsl.Runtime.Kernels;

/// <summary>How the right operand of a product lies.</summary>
internal enum GemmOperand
{
    /// <summary>Depth × columns, row-major; rows BRow floats apart.</summary>
    RowMajor,

    /// <summary>Columns × depth, row-major: the product takes its transpose; rows BRow floats apart.</summary>
    Transposed,

    /// <summary>Packed by <see cref="GemmPacking"/>: panels of <see cref="GemmPacking.PanelWidth"/> columns, each depth × width, zero beyond the last column.</summary>
    Panels,
}

/// <summary>C[rows × columns] (+)= epilogue(A·B + bias). Strides in floats.</summary>
internal unsafe struct GemmProduct
{
    public int Rows;
    public int Columns;

    /// <summary>At least 1.</summary>
    public int Depth;

    /// <summary>Element (row, k) at A + row·ARow + k·AStep: a matrix or its transpose without a copy.</summary>
    public float* A;
    public nint ARow;
    public nint AStep;

    public float* B;
    public nint BRow;
    public GemmOperand BOrder;

    public float* C;
    public nint CRow;

    /// <summary>Adds to C, or sets it.</summary>
    public bool Adds;

    /// <summary>A value for each column, or null.</summary>
    public float* Bias;

    public Epilogue Epilogue;
}
