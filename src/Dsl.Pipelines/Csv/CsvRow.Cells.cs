using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Dsl.Pipelines;

/// <content>Cells as values: for each kind what cannot be null, and what can.</content>
public sealed partial class CsvRow
{
    private delegate bool Parser<T>(ReadOnlySpan<byte> cell, out T value);

    /// <summary>A number.</summary>
    /// <exception cref="CsvException">It is another text, or null.</exception>
    public T Number<T>(int column)
        where T : struct, INumberBase<T> => Wanted<T>(column, TryNumber, NumberText<T>());

    /// <summary>A number or null.</summary>
    /// <exception cref="CsvException">It is another text.</exception>
    public T? NumberOrNull<T>(int column)
        where T : struct, INumberBase<T> => Perhaps<T>(column, TryNumber, NumberText<T>());

    /// <summary>A flag: <c>true</c>, <c>false</c>, <c>1</c>, <c>0</c>.</summary>
    /// <inheritdoc cref="Number"/>
    public bool Flag(int column) => Wanted<bool>(column, TryFlag, "true, false, 1 or 0");

    /// <summary>A flag or null.</summary>
    /// <inheritdoc cref="NumberOrNull"/>
    public bool? FlagOrNull(int column) => Perhaps<bool>(column, TryFlag, "true, false, 1 or 0");

    /// <summary>A text; null is an empty one.</summary>
    /// <exception cref="CsvException">It is no UTF-8.</exception>
    public string Text(int column) => TextOrNull(column) ?? "";

    /// <summary>A text or null.</summary>
    /// <exception cref="CsvException">It is no UTF-8.</exception>
    public string? TextOrNull(int column) => IsNull(Cell(column), isText: true) ? null : TextOf(column);

    /// <summary>Tokens with blanks between them; null is none.</summary>
    /// <exception cref="CsvException">It is no UTF-8.</exception>
    public string[] Tokens(int column) => TokensOrNull(column) ?? [];

    /// <summary>Tokens with blanks between them, or null.</summary>
    /// <exception cref="CsvException">It is no UTF-8.</exception>
    public string[]? TokensOrNull(int column) => IsNull(Trimmed(column), isText: false) ? null : TextOf(column).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Numbers with blanks between them.</summary>
    /// <typeparam name="T"><c>float</c> or <c>double</c>.</typeparam>
    /// <inheritdoc cref="Number"/>
    public T[] Numbers<T>(int column)
        where T : struct, INumberBase<T> => NumbersOrNull<T>(column) ?? throw Missing(column, NumbersText<T>());

    /// <summary>Numbers with blanks between them, or null.</summary>
    /// <typeparam name="T"><c>float</c> or <c>double</c>.</typeparam>
    /// <inheritdoc cref="NumberOrNull"/>
    public T[]? NumbersOrNull<T>(int column)
        where T : struct, INumberBase<T>
    {
        ReadOnlySpan<byte> cell = Trimmed(column);
        if (IsNull(cell, isText: false))
            return null;
        List<T> values = [];
        foreach (Range range in cell.Split((byte)' '))
        {
            if (cell[range].IsEmpty)
                continue;
            if (!TryNumber(cell[range], out T value))
                throw Wrong(column, NumbersText<T>());
            values.Add(value);
        }

        return [.. values];
    }

    /// <summary>Numbers with blanks between them, as a vector.</summary>
    /// <inheritdoc cref="Number"/>
    public Vector Vector(int column) => VectorOrNull(column) ?? throw Missing(column, NumbersText<double>());

    /// <summary>Numbers with blanks between them, as a vector, or null.</summary>
    /// <inheritdoc cref="NumberOrNull"/>
    public Vector? VectorOrNull(int column) => NumbersOrNull<double>(column) is { } values ? new Vector(values, 0, values.Length) : null;

    /// <summary>A date with or without a time; one with an offset becomes UTC.</summary>
    /// <inheritdoc cref="Number"/>
    public DateTime DateTime(int column) => Wanted<DateTime>(column, TryDateTime, "a date and time (DateTime)");

    /// <summary>A date with or without a time, or null.</summary>
    /// <inheritdoc cref="NumberOrNull"/>
    public DateTime? DateTimeOrNull(int column) => Perhaps<DateTime>(column, TryDateTime, "a date and time (DateTime)");

    /// <summary>A date.</summary>
    /// <inheritdoc cref="Number"/>
    public DateOnly DateOnly(int column) => Wanted<DateOnly>(column, TryDateOnly, "a date (DateOnly)");

    /// <summary>A date or null.</summary>
    /// <inheritdoc cref="NumberOrNull"/>
    public DateOnly? DateOnlyOrNull(int column) => Perhaps<DateOnly>(column, TryDateOnly, "a date (DateOnly)");

    /// <summary>A value of an enum, by its name in any case, or by its number.</summary>
    /// <inheritdoc cref="Number"/>
    public T Enum<T>(int column)
        where T : struct, Enum => Wanted<T>(column, TryEnum, EnumNames<T>.Text);

    /// <summary>A value of an enum or null.</summary>
    /// <inheritdoc cref="NumberOrNull"/>
    public T? EnumOrNull<T>(int column)
        where T : struct, Enum => Perhaps<T>(column, TryEnum, EnumNames<T>.Text);

    /// <summary>Anything that can be read from a text.</summary>
    /// <inheritdoc cref="Number"/>
    public T Value<T>(int column)
        where T : IParsable<T> => TryValue(column, out T? value) ? value : throw Missing(column, typeof(T).Name);

    /// <summary>A value that can be read from a text, or null.</summary>
    /// <inheritdoc cref="NumberOrNull"/>
    public T? ValueOrNull<T>(int column)
        where T : struct, IParsable<T> => TryValue(column, out T value) ? value : null;

    /// <summary>An object that can be read from a text, or null.</summary>
    /// <inheritdoc cref="NumberOrNull"/>
    public T? ObjectOrNull<T>(int column)
        where T : class, IParsable<T> => TryValue(column, out T? value) ? value : null;

    private T Wanted<T>(int column, Parser<T> parse, string wanted)
        where T : struct => Perhaps(column, parse, wanted) ?? throw Missing(column, wanted);

    private T? Perhaps<T>(int column, Parser<T> parse, string wanted)
        where T : struct
    {
        ReadOnlySpan<byte> cell = Trimmed(column);
        if (IsNull(cell, isText: false))
            return null;
        return parse(cell, out T value) ? value : throw Wrong(column, wanted);
    }

    private bool TryValue<T>(int column, [NotNullWhen(true)] out T? value)
        where T : IParsable<T>
    {
        value = default;
        if (IsNull(Trimmed(column), isText: false))
            return false;
        return T.TryParse(TextOf(column).Trim(' '), CultureInfo.InvariantCulture, out value) ? true : throw Wrong(column, typeof(T).Name);
    }

    private static bool TryNumber<T>(ReadOnlySpan<byte> cell, out T value)
        where T : struct, INumberBase<T> =>
        T.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
        // Digits that are too many would become infinite without a word.
        && !(T.IsInfinity(value) && cell.ContainsAnyInRange((byte)'0', (byte)'9'));

    private static bool TryFlag(ReadOnlySpan<byte> cell, out bool value)
    {
        value = cell is [(byte)'1'] || Ascii.EqualsIgnoreCase(cell, "true"u8);
        return value || cell is [(byte)'0'] || Ascii.EqualsIgnoreCase(cell, "false"u8);
    }

    private static bool TryDateTime(ReadOnlySpan<byte> cell, out DateTime value) =>
        System.DateTime.TryParse(Encoding.UTF8.GetString(cell), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out value);

    private static bool TryDateOnly(ReadOnlySpan<byte> cell, out DateOnly value) => System.DateOnly.TryParse(Encoding.UTF8.GetString(cell), CultureInfo.InvariantCulture, out value);

    private static bool TryEnum<T>(ReadOnlySpan<byte> cell, out T value)
        where T : struct, Enum =>
        System.Enum.TryParse(Encoding.UTF8.GetString(cell), ignoreCase: true, out value)
        // A number becomes a value whether the enum has it or not; of names several may stand together.
        && (!(char.IsAsciiDigit((char)cell[0]) || cell[0] is (byte)'-' or (byte)'+') || System.Enum.IsDefined(value));

    private static string NumbersText<T>() => $"numbers with blanks between them ({(typeof(T) == typeof(float) ? "float" : "double")})";

    private static string NumberText<T>() => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.SByte => "a whole number from -128 to 127 (sbyte)",
        TypeCode.Byte => "a whole number from 0 to 255 (byte)",
        TypeCode.Int16 => "a whole number from -32768 to 32767 (short)",
        TypeCode.UInt16 => "a whole number from 0 to 65535 (ushort)",
        TypeCode.Int32 => "a whole number from -2147483648 to 2147483647 (int)",
        TypeCode.UInt32 => "a whole number from 0 to 4294967295 (uint)",
        TypeCode.Int64 => "a whole number of 64 bits (long)",
        TypeCode.UInt64 => "a whole number from 0 of 64 bits (ulong)",
        TypeCode.Single => "a number (float)",
        TypeCode.Double => "a number (double)",
        TypeCode.Decimal => "a number (decimal)",
        _ => typeof(T).Name,
    };

    private static class EnumNames<T>
        where T : struct, Enum
    {
        public static readonly string Text = $"one of {Runtime.MessageText.Enumerate(System.Enum.GetNames<T>(), 10)} ({typeof(T).Name})";
    }
}
