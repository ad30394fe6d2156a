using System;

namespace Dsl.Generator.Networks.Planning;

/// <summary>What an operand is.</summary>
internal enum OperandKind : byte
{
    /// <summary>A buffer or view that is not given.</summary>
    None,

    /// <summary>A storage from a place on.</summary>
    Buffer,

    /// <summary>A storage under a layout.</summary>
    View,

    /// <summary>A record of the seam, an enum of it, or the name of a layer.</summary>
    Constant,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A floating-point number.</summary>
    Real,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>So many for each sample of the batch.</summary>
    PerSample,

    /// <summary>What a run knows: its rate, its step.</summary>
    Run,
}

/// <summary>What a run knows besides its batch, as an operand.</summary>
internal enum RunValue
{
    /// <summary>The rate of this step.</summary>
    LearningRate,

    /// <summary>The step's number, from 1.</summary>
    StepFromOne,

    /// <summary>The context itself, for the program's own operations.</summary>
    Context,

    /// <summary>Of a network that goes step by step: the number of this one, from 0.</summary>
    Position,
}

/// <summary>An argument of an operation. Places are filled in when the memory plan is known.</summary>
internal readonly struct Operand
{
    // A storage or a constant: a program has hundreds of operands, and no operand is both.
    private readonly object? subject;

    private Operand(
        OperandKind kind,
        object? subject = null,
        Layout layout = default,
        long number = 0,
        string? name = null,
        long perStep = 0,
        bool isConditional = false)
    {
        Kind = kind;
        this.subject = subject;
        Layout = layout;
        Number = number;
        Name = name;
        PerStep = perStep;
        IsConditional = isConditional;
    }

    /// <summary>A buffer or view that is not given.</summary>
    public static Operand None => default;

    /// <summary>The rate of this step.</summary>
    public static Operand LearningRate { get; } = new(OperandKind.Run, number: (long)RunValue.LearningRate);

    /// <summary>The step's number, from 1.</summary>
    public static Operand StepFromOne { get; } = new(OperandKind.Run, number: (long)RunValue.StepFromOne);

    /// <summary>The run's context.</summary>
    public static Operand Context { get; } = new(OperandKind.Run, number: (long)RunValue.Context);

    /// <summary>The number of the step, of a network that goes step by step (<see cref="Lowering.StepPosition"/>).</summary>
    public static Operand Position { get; } = new(OperandKind.Run, number: (long)RunValue.Position);

    /// <summary>The batch.</summary>
    public static Operand Batch { get; } = PerSample(1);

    public OperandKind Kind { get; }

    /// <summary>Where it lives; null of what is no memory.</summary>
    public Storage? Storage => subject as Storage;

    /// <summary>The layout of a view.</summary>
    public Layout Layout { get; }

    /// <summary>A number; elements for each sample; elements from a buffer's start; a <see cref="RunValue"/>; the bits of a floating-point number.</summary>
    public long Number { get; }

    /// <summary>Of a buffer: so many elements further on at each step of a network that goes step by step.</summary>
    public long PerStep { get; }

    /// <summary>A floating-point number.</summary>
    public double Real => BitConverter.Int64BitsToDouble(Number);

    /// <summary>A record or enum of the seam, or a layer's name.</summary>
    public object? Constant => Kind == OperandKind.Constant ? subject : null;

    /// <summary>What a constant is called that is kept once for the whole program; null of one that stands in the call.</summary>
    public string? Name { get; }

    /// <summary>It is given only where the caller asks for gradients at the inputs.</summary>
    public bool IsConditional { get; }

    public static implicit operator Operand(int number) => new(OperandKind.Number, number: number);

    public static implicit operator Operand(long number) => new(OperandKind.Number, number: number);

    public static implicit operator Operand(double number) => new(OperandKind.Real, number: BitConverter.DoubleToInt64Bits(number));

    public static implicit operator Operand(bool flag) => new(OperandKind.Flag, number: flag ? 1 : 0);

    /// <summary>A record or enum of the seam.</summary>
    public static Operand Of<T>(T constant)
        where T : struct => new(OperandKind.Constant, constant);

    /// <summary>A record of the seam that is kept once for the whole program.</summary>
    public static Operand Of<T>(T constant, string name)
        where T : struct => new(OperandKind.Constant, constant, name: name);

    /// <summary>A layer's name.</summary>
    public static Operand Layer(string name) => new(OperandKind.Constant, name);

    /// <summary>So many for each sample of the batch.</summary>
    public static Operand PerSample(long count) => new(OperandKind.PerSample, number: count);

    /// <summary>The storage as a buffer.</summary>
    public static Operand Buffer(Storage storage, long start = 0) => new(OperandKind.Buffer, storage, number: start);

    /// <summary>The row of a table that belongs to the step at which a network is that goes step by step.</summary>
    public Operand RowOfStep(long features) => new(Kind, subject, Layout, Number, perStep: features);

    /// <summary>The storage as a buffer, or none.</summary>
    public static Operand BufferOrNone(Storage? storage) => storage is null ? None : Buffer(storage);

    /// <summary>The tensor's place as a buffer; its layout has no halo.</summary>
    public static Operand Buffer(Tensor tensor, long start = 0) => Buffer(tensor.Storage, start);

    /// <summary>The tensor with its layout.</summary>
    public static Operand View(Tensor tensor) => View(tensor.Storage, tensor.Layout);

    /// <summary>A storage under a layout.</summary>
    public static Operand View(Storage storage, Layout layout) => new(OperandKind.View, storage, layout);

    /// <summary>The same operand, given only where the caller asks for gradients at the inputs.</summary>
    public Operand WhenInputGradients() => new(Kind, subject, Layout, Number, Name, PerStep, isConditional: true);
}
