using System;
using System.Runtime.CompilerServices;
using Dsl.Spark.Arrow;

namespace Dsl.Spark.Executors;

/// <summary>Values as Arrow's buffers have them and as C# has them. For generated code.</summary>
public static class ArrowValues
{
    // decimal has 96 bits and at most 28 digits behind the point.
    internal const int LargestScale = 28;

    // What the first field of a dense vector says; 0 of a sparse one.
    internal const sbyte DenseVector = 1;

    private static readonly Int128 LargestDecimal = (Int128.One << 96) - 1;
    private static readonly Int128[] PowersOfTen = Powers();
    private static readonly int DayOfEpoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>Whether a row is null.</summary>
    /// <param name="validity">A column's <see cref="ArrowColumn.Validity"/>.</param>
    /// <param name="row">The row, from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNull(ReadOnlySpan<byte> validity, int row) => validity.Length != 0 && (validity[row >> 3] >> (row & 7) & 1) == 0;

    /// <summary>Whether one of several rows is null.</summary>
    /// <param name="validity">A column's <see cref="ArrowColumn.Validity"/>.</param>
    /// <param name="start">The first row.</param>
    /// <param name="end">The one behind the last.</param>
    public static bool HasNull(ReadOnlySpan<byte> validity, int start, int end)
    {
        if (validity.Length == 0)
            return false;
        for (int row = start; row < end; row++)
        {
            if ((validity[row >> 3] >> (row & 7) & 1) == 0)
                return true;
        }

        return false;
    }

    /// <summary>A bit of a boolean column.</summary>
    /// <param name="bits">A column's <see cref="ArrowColumn.Bits"/>.</param>
    /// <param name="row">The row, from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool ToBool(ReadOnlySpan<byte> bits, int row) => (bits[row >> 3] >> (row & 7) & 1) != 0;

    /// <summary>A vector of Spark ML.</summary>
    /// <param name="column">A column of <see cref="Types.VectorType.Storage"/>.</param>
    /// <param name="row">The row, from 0; it is not null.</param>
    /// <param name="indices">Of a sparse one its places; of a dense one empty.</param>
    /// <param name="values">All elements of a dense one, of a sparse one those at its places.</param>
    /// <returns>The size of a sparse vector; -1 of a dense one.</returns>
    public static int ToVector(ArrowColumn column, int row, out ReadOnlySpan<int> indices, out ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(column);
        ReadOnlySpan<ArrowColumn> fields = column.Children;
        values = fields[3].List<double>(row);
        bool isDense = fields[0].Values<sbyte>()[row] == DenseVector;
        indices = isDense ? default : fields[2].List<int>(row);
        return isDense ? -1 : fields[1].Values<int>()[row];
    }

    /// <summary>Appends a dense vector of Spark ML.</summary>
    public static void AppendVector(ColumnBuilder builder, ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Children[0].Append(DenseVector);
        builder.Children[1].AppendNull();
        builder.Children[2].AppendNull();
        builder.Children[3].AppendList(values);
        builder.AppendRow();
    }

    /// <summary>Appends a sparse vector of Spark ML.</summary>
    public static void AppendVector(ColumnBuilder builder, int size, ReadOnlySpan<int> indices, ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Children[0].Append((sbyte)0);
        builder.Children[1].Append(size);
        builder.Children[2].AppendList(indices);
        builder.Children[3].AppendList(values);
        builder.AppendRow();
    }

    /// <summary>A day.</summary>
    /// <param name="days">Days since 1970.</param>
    /// <exception cref="OverflowException">It is before the year 1 or behind 9999.</exception>
    public static DateOnly ToDate(int days)
    {
        long number = (long)days + DayOfEpoch;
        return number >= 0 && number <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber((int)number)
            : throw new OverflowException($"Day {days} since 1970 is no DateOnly: there are the years 1 to 9999.");
    }

    /// <summary>Days since 1970.</summary>
    /// <param name="date">A day.</param>
    public static int ToDays(DateOnly date) => date.DayNumber - DayOfEpoch;

    /// <summary>A time.</summary>
    /// <param name="microseconds">Since 1970.</param>
    /// <param name="kind">Utc of a timestamp, Unspecified of a timestamp_ntz.</param>
    /// <exception cref="OverflowException">It is before the year 1 or behind 9999.</exception>
    public static DateTime ToTime(long microseconds, DateTimeKind kind)
    {
        const long Most = long.MaxValue / TimeSpan.TicksPerMicrosecond;
        long ticks = microseconds is < Most and > -Most ? (microseconds * TimeSpan.TicksPerMicrosecond) + DateTime.UnixEpoch.Ticks : -1;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            ? new DateTime(ticks, kind)
            : throw new OverflowException($"Microsecond {microseconds} since 1970 is no DateTime: there are the years 1 to 9999.");
    }

    /// <summary>The instant in microseconds since 1970; what is shorter is cut off.</summary>
    /// <param name="time">A time of kind Utc or Local.</param>
    /// <exception cref="ArgumentException">It is Unspecified, and thus no instant.</exception>
    public static long ToMicroseconds(DateTime time) => time.Kind == DateTimeKind.Unspecified
        ? throw new ArgumentException("A timestamp is an instant, but the DateTime is of kind Unspecified: give one of kind Utc, or set TimestampNtz on the method's SparkUdf.", nameof(time))
        : ToWallClock(time.ToUniversalTime());

    /// <summary>The day and time that it shows, in microseconds since 1970; what is shorter is cut off.</summary>
    /// <param name="time">A time of any kind.</param>
    public static long ToWallClock(DateTime time)
    {
        long ticks = time.Ticks - DateTime.UnixEpoch.Ticks;
        return (ticks / TimeSpan.TicksPerMicrosecond) - (ticks % TimeSpan.TicksPerMicrosecond < 0 ? 1 : 0);
    }

    /// <summary>A decimal number.</summary>
    /// <param name="unscaled">Its digits.</param>
    /// <param name="scale">How many of them stand behind the point, 0 to 38.</param>
    /// <exception cref="OverflowException">It has more digits than <c>decimal</c>.</exception>
    public static decimal ToDecimal(Int128 unscaled, int scale)
    {
        Int128 digits = unscaled;
        bool isNegative = digits < 0;
        if (isNegative)
            digits = -digits;

        // Spark has 38 digits. Zeros at the end are no loss.
        while (scale > 0 && (digits > LargestDecimal || scale > LargestScale))
        {
            (Int128 shorter, Int128 last) = Int128.DivRem(digits, 10);
            if (last != 0)
                break;
            digits = shorter;
            scale--;
        }

        if (digits < 0 || digits > LargestDecimal || scale > LargestScale)
            throw new OverflowException($"{unscaled}E-{scale} has more digits than C#'s decimal, which has 28: cast the column to fewer.");
        return new decimal((int)(uint)(ulong)(digits & uint.MaxValue), (int)(uint)(ulong)((digits >> 32) & uint.MaxValue), (int)(uint)(ulong)(digits >> 64), isNegative, (byte)scale);
    }

    /// <summary>The digits of a decimal number; further ones behind the point are rounded, halves away from zero, as Spark does.</summary>
    /// <param name="value">The number.</param>
    /// <param name="precision">Digits in all, 1 to 38.</param>
    /// <param name="scale">Digits behind the point, 0 to <paramref name="precision"/>.</param>
    /// <exception cref="OverflowException">It has more digits before the point.</exception>
    public static Int128 ToUnscaled(decimal value, int precision, int scale)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        Int128 digits = ((Int128)(uint)bits[2] << 64) | ((Int128)(uint)bits[1] << 32) | (uint)bits[0];
        int more = scale - value.Scale;
        if (more < 0)
        {
            Int128 unit = PowersOfTen[-more];
            (Int128 quotient, Int128 rest) = Int128.DivRem(digits, unit);
            digits = rest >= unit - rest ? quotient + 1 : quotient;
        }

        // Compared before the multiplication, which would overflow.
        if (digits != 0 && digits >= PowersOfTen[precision - Math.Max(0, more)])
            throw new OverflowException(FormattableString.Invariant($"{value} does not fit decimal({precision},{scale}): it has more than {precision - scale} digits before the point."));
        if (more > 0 && digits != 0)
            digits *= PowersOfTen[more];
        return value < 0 ? -digits : digits;
    }

    /// <summary>An array of text.</summary>
    /// <param name="column">A column of arrays of text.</param>
    /// <param name="row">The row, from 0.</param>
    public static string?[] ToTexts(ArrowColumn column, int row)
    {
        ArgumentNullException.ThrowIfNull(column);
        ReadOnlySpan<int> starts = column.Offsets;
        ArrowColumn elements = column.Children[0];
        string?[] texts = new string?[starts[row + 1] - starts[row]];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = elements.IsNull(starts[row] + i) ? null : elements.Text(starts[row] + i);
        return texts;
    }

    /// <summary>A row of text's array.</summary>
    /// <param name="builder">A builder of arrays of text.</param>
    /// <param name="texts">The array.</param>
    public static void AppendTexts(ColumnBuilder builder, ReadOnlySpan<string?> texts)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ColumnBuilder elements = builder.Children[0];
        foreach (string? text in texts)
        {
            if (text is null)
                elements.AppendNull();
            else
                elements.Append(text.AsSpan());
        }

        builder.AppendRow();
    }

    /// <summary>Makes rows null that are null in an argument.</summary>
    /// <param name="argument">An argument's column.</param>
    /// <param name="result">The result, with as many rows.</param>
    public static void PassNulls(ArrowColumn argument, ColumnBuilder result)
    {
        ArgumentNullException.ThrowIfNull(argument);
        ArgumentNullException.ThrowIfNull(result);
        if (!argument.HasNulls)
            return;
        ReadOnlySpan<byte> validity = argument.Validity;
        for (int row = 0; row < argument.Count; row++)
        {
            if (IsNull(validity, row))
                result.SetNull(row);
        }
    }

    private static Int128[] Powers()
    {
        Int128[] powers = new Int128[39];
        powers[0] = 1;
        for (int i = 1; i < powers.Length; i++)
            powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
