namespace Dsl.Spark.Types;

/// <summary>A type of Spark SQL. Two types are equal when Spark takes them for the same.</summary>
public abstract record DataType
{
    private protected DataType()
    {
    }

    /// <summary>The type as Spark's SQL and DDL write it: <c>array&lt;float&gt;</c>.</summary>
    public abstract string SimpleString { get; }

    /// <inheritdoc/>
    public sealed override string ToString() => SimpleString;
}

/// <summary>The type of <c>null</c> alone.</summary>
public sealed record NullType : DataType
{
    /// <inheritdoc/>
    public override string SimpleString => "void";
}

/// <summary>True and false.</summary>
public sealed record BooleanType : DataType
{
    /// <inheritdoc/>
    public override string SimpleString => "boolean";
}

/// <summary>Integers of 8 bits with a sign.</summary>
public sealed record ByteType : DataType
{
    /// <inheritdoc/>
    public override string SimpleString => "tinyint";
}

/// <summary>Integers of 16 bits with a sign.</summary>
public sealed record ShortType : DataType
{
    /// <inheritdoc/>
    public override string SimpleString => "smallint";
}

/// <summary>Integers of 32 bits with a sign.</summary>
public sealed record IntegerType : DataType
{
    /// <inheritdoc/>
    public override string SimpleString => "int";
}

/// <summary>Integers of 64 bits with a sign.</summary>
public sealed record LongType : DataType
{
    /// <inheritdoc/>
    public override string SimpleString => "bigint";
}

/// <summary>Numbers in single precision.</summary>
public sealed record FloatType : DataType
{
    /// <inheritdoc/>
    public override string SimpleString => "float";
}

/// <summary>Numbers in double precision.</summary>
public sealed record DoubleType : DataType
{
    /// <inheritdoc/>
    public override string SimpleString => "double";
}

/// <summary>Decimal numbers.</summary>
/// <param name="Precision">Digits in all, 1 to 38.</param>
/// <param name="Scale">Digits behind the point, 0 to <paramref name="Precision"/>.</param>
public sealed record DecimalType(int Precision = 10, int Scale = 0) : DataType
{
    /// <inheritdoc/>
    public override string SimpleString => $"decimal({Precision},{Scale})";
}

/// <summary>Text.</summary>
public sealed record StringType : DataType
{
    /// <inheritdoc/>
    public override string SimpleString => "string";
}

/// <summary>Bytes.</summary>
public sealed record BinaryType : DataType
{
    /// <inheritdoc/>
    public override string SimpleString => "binary";
}

/// <summary>Days.</summary>
public sealed record DateType : DataType
{
    /// <inheritdoc/>
    public override string SimpleString => "date";
}

/// <summary>Instants, in microseconds since 1970 in UTC; shown in the session's time zone.</summary>
public sealed record TimestampType : DataType
{
    /// <inheritdoc/>
    public override string SimpleString => "timestamp";
}

/// <summary>A day and a time of no time zone, in microseconds.</summary>
public sealed record TimestampNtzType : DataType
{
    /// <inheritdoc/>
    public override string SimpleString => "timestamp_ntz";
}

/// <summary>Lists of elements of one type.</summary>
/// <param name="ElementType">What an element is.</param>
/// <param name="ContainsNull">Whether an element may be null.</param>
public sealed record ArrayType(DataType ElementType, bool ContainsNull = true) : DataType
{
    /// <inheritdoc/>
    public override string SimpleString => $"array<{ElementType}>";
}

/// <summary>Pairs of a key, never null, and a value.</summary>
/// <param name="KeyType">What a key is.</param>
/// <param name="ValueType">What a value is.</param>
/// <param name="ValueContainsNull">Whether a value may be null.</param>
public sealed record MapType(DataType KeyType, DataType ValueType, bool ValueContainsNull = true) : DataType
{
    /// <inheritdoc/>
    public override string SimpleString => $"map<{KeyType},{ValueType}>";

    /// <summary>What its pairs are: Arrow has maps as lists of these.</summary>
    internal StructType Entries => new(new StructField("key", KeyType, IsNullable: false), new StructField("value", ValueType, ValueContainsNull));
}

/// <summary>A vector of Spark ML, dense or sparse: its user-defined type over <see cref="Storage"/>.</summary>
public sealed record VectorType : DataType
{
    /// <summary>What it is made of: type (0 sparse, 1 dense), size, indices, values.</summary>
    public static StructType Storage { get; } = new(
        new StructField("type", new ByteType(), IsNullable: false),
        new StructField("size", new IntegerType()),
        new StructField("indices", new ArrayType(new IntegerType(), ContainsNull: false)),
        new StructField("values", new ArrayType(new DoubleType(), ContainsNull: false)));

    /// <inheritdoc/>
    public override string SimpleString => "vector";
}

/// <summary>A type that this library has no values for, such as an interval; a column of it can be passed on by name.</summary>
/// <param name="Name">The type in Spark's words.</param>
public sealed record OtherType(string Name) : DataType
{
    /// <inheritdoc/>
    public override string SimpleString => Name;
}
