using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring.Writing;

namespace Dsl.Generator.Spark;

/// <summary>How a row's value is taken from a column.</summary>
/// <param name="Missing">A condition: there is null where C# has none, or the whole is null.</param>
/// <param name="Plain">The value, where no column has a null.</param>
/// <param name="Careful">The value, where it is not missing.</param>
internal sealed record RowReading(string Missing, string Plain, string Careful);

/// <summary>Writes what takes rows out of columns: locals for their buffers, and an expression a row.</summary>
/// <param name="writer">Gets the locals.</param>
/// <param name="names">The method's locals.</param>
internal sealed class ColumnReading(CodeWriter writer, LocalNames names)
{
    private const string Bytes = "global::System.ReadOnlySpan<byte>";

    private readonly List<string> columns = [];
    private readonly List<string> buffers = [];

    /// <summary>The locals of all columns whose nulls matter.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>Fields of the class, a <c>TextBuffer</c> each.</summary>
    public IReadOnlyList<string> Buffers => buffers;

    /// <summary>Writes locals for a column.</summary>
    /// <param name="value">What its rows are in C#.</param>
    /// <param name="stem">What the locals' names start with.</param>
    /// <param name="column">An expression of the column.</param>
    /// <returns>Expressions in terms of <c>row</c>.</returns>
    public RowReading Declare(ColumnValue value, string stem, string column)
    {
        string own = Local(SeamNames.ArrowColumn, stem + "Column", column);
        columns.Add(own);
        string validity = Local(Bytes, stem + "Validity", own + ".Validity");
        string isNull = $"{SeamNames.Values}IsNull({validity}, row)";
        switch (value.Form)
        {
            case ValueForm.Bool:
                return Same(isNull, $"{SeamNames.Values}ToBool({Local(Bytes, stem + "Bits", own + ".Bits")}, row)");
            case ValueForm.Number:
                return Same(isNull, $"{Values(value.CSharp, stem, own)}[row]");
            case ValueForm.Date:
                return Same(isNull, $"{SeamNames.Values}ToDate({Values("int", stem, own)}[row])");
            case ValueForm.Time:
                string kind = Local("global::System.DateTimeKind", stem + "Kind", $"{own}.Type is {SeamNames.DataTypes}TimestampType ? global::System.DateTimeKind.Utc : global::System.DateTimeKind.Unspecified");
                return Same(isNull, $"{SeamNames.Values}ToTime({Values("long", stem, own)}[row], {kind})");
            case ValueForm.Decimal:
                string scale = Local("int", stem + "Scale", $"(({SeamNames.DataTypes}DecimalType){own}.Type).Scale");
                return Same(isNull, $"{SeamNames.Values}ToDecimal({Values("global::System.Int128", stem, own)}[row], {scale})");
            case ValueForm.NumberSpan or ValueForm.NumberArray or ValueForm.TextArray:
                return List(value, stem, own, isNull);
            case ValueForm.Record:
                return Record(value, stem, own, isNull);
            default:
                return Text(value, stem, own, isNull);
        }
    }

    /// <summary>The value of a parameter or field that may be null, where it may be missing.</summary>
    public static string OrNull(ColumnValue value, RowReading row) => value.IsNullable ? $"({row.Missing} ? default({value.CSharp}?) : {row.Careful})" : row.Careful;

    private static RowReading Same(string isNull, string expression) => new(isNull, expression, expression);

    private RowReading Text(ColumnValue value, string stem, string own, string isNull)
    {
        string starts = Local("global::System.ReadOnlySpan<int>", stem + "Offsets", own + ".Offsets");
        string all = Local(Bytes, stem + "Bytes", own + ".AllBytes");
        string bytes = $"{all}.Slice({starts}[row], {starts}[row + 1] - {starts}[row])";
        switch (value.Form)
        {
            case ValueForm.Chars:
                string buffer = names.Take(stem + "Buffer");
                buffers.Add(buffer);
                return Same(isNull, $"{buffer}.Decode({bytes})");
            case ValueForm.Text:
                return Same(isNull, $"global::System.Text.Encoding.UTF8.GetString({bytes})");
            default:
                return Same(isNull, value.Form == ValueForm.Binary ? bytes + ".ToArray()" : bytes);
        }
    }

    private RowReading List(ColumnValue value, string stem, string own, string isNull)
    {
        string starts = Local("global::System.ReadOnlySpan<int>", stem + "Offsets", own + ".Offsets");
        string elements = Local(SeamNames.ArrowColumn, stem + "Elements", own + ".Children[0]");
        string missing = isNull;
        if (!value.HasNullableElements)
        {
            columns.Add(elements);
            string validity = Local(Bytes, stem + "ElementValidity", elements + ".Validity");
            missing = $"{isNull} || {SeamNames.Values}HasNull({validity}, {starts}[row], {starts}[row + 1])";
        }

        if (value.Form == ValueForm.TextArray)
            return Same(missing, $"{SeamNames.Values}ToTexts({own}, row){(value.HasNullableElements ? "" : "!")}");
        string row = $"{Values(value.Element, stem, elements)}.Slice({starts}[row], {starts}[row + 1] - {starts}[row])";
        return Same(missing, value.Form == ValueForm.NumberArray ? row + ".ToArray()" : row);
    }

    private RowReading Record(ColumnValue value, string stem, string own, string isNull)
    {
        List<string> missing = [isNull];
        List<string> plain = [];
        List<string> careful = [];
        foreach (ColumnField field in value.Fields)
        {
            RowReading row = Declare(field.Value, stem + field.Name, $"{SeamNames.Types}Field({own}, {Literal.Text(field.Name)})");
            if (!field.Value.IsNullable)
                missing.Add(row.Missing);
            plain.Add(row.Plain);
            careful.Add(OrNull(field.Value, row));
        }

        return new RowReading(string.Join(" || ", missing), $"new {value.CSharp}({string.Join(", ", plain)})", $"new {value.CSharp}({string.Join(", ", careful)})");
    }

    private string Values(string type, string stem, string column) => Local($"global::System.ReadOnlySpan<{type}>", stem + "Values", $"{column}.Values<{type}>()");

    private string Local(string type, string wanted, string expression)
    {
        string name = names.Take(wanted);
        writer.Line($"{type} {name} = {expression};");
        return name;
    }
}
