using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>The values of a batch in the types that C# has them in: what methods take and the output row has.</summary>
internal sealed class TypedValues(PipelineCode code)
{
    private const string Reading = "global::Dsl.Pipelines.RowColumns.";

    /// <summary>The row's property that a column still is; null of what a stage has made.</summary>
    public static Column? PropertyOf(Column column)
    {
        for (Column? one = column; one is not null; one = ColumnSlots.InPlaceOf(one))
        {
            if (one.Property is not null)
                return one.Property.Type.CSharp == column.CSharp && IsUntouched(column) ? one : null;
        }

        return null;
    }

    /// <summary>The value of a column in a row of the batch.</summary>
    /// <param name="column">The column.</param>
    /// <param name="row">Its number in the batch.</param>
    public string At(Column column, string row)
    {
        string batch = LocalNames.Batch;
        if (PropertyOf(column) is { Property: { } property } own)
            return Given($"{LocalNames.Rows}[{batch}.Origins[{row}]].{Literal.Name(property.Name)}", column, own);
        string slot = Literal.Int(code.Slots.Of(column));
        bool isNullable = column.IsNullable;
        if (code.Slots.TypedOf(column) is { } typed)
        {
            // What was null when it was made may have been dropped since.
            Column made = MadeOf(column);
            return Given($"{batch}.Values<{made.Declared}>({Literal.Int(typed)})[{row}]", column, made);
        }

        return column.Kind switch
        {
            ColumnKind.Number or ColumnKind.ClassNumber => isNullable ? $"{Reading}NumberOrNull({batch}, {slot}, {row})" : $"{batch}.Numbers({slot})[{row}]",
            ColumnKind.Flag => isNullable ? $"{Reading}FlagOrNull({batch}, {slot}, {row})" : $"({batch}.Numbers({slot})[{row}] != 0)",
            ColumnKind.Text => isNullable ? $"{Reading}TextOrNull({batch}, {slot}, {row})" : $"{batch}.Texts({slot})[{row}]!",
            ColumnKind.Tokens => isNullable ? $"{Reading}TokensOrNull({batch}, {slot}, {row})" : $"{batch}.Tokens({slot})[{row}]!",
            ColumnKind.Vector => isNullable ? $"{Reading}VectorOrNull({batch}, {slot}, {row})" : $"{batch}.VectorAt({slot}, {row})",
            ColumnKind.Ids => $"{Reading}IdsAt({batch}, {slot}, {Literal.Int(column.Size)}, {row})",
            _ => isNullable ? $"{Reading}ValueOrNull<{column.CSharp}>({batch}, {slot}, {row})" : $"{batch}.Values<{column.CSharp}>({slot})[{row}]",
        };
    }

    /// <summary>Where only <c>DropNulls</c> has looked at it, the value is the row's.</summary>
    private static bool IsUntouched(Column column)
    {
        for (Column? one = column; one is { Property: null }; one = ColumnSlots.InPlaceOf(one))
        {
            if (!one.IsDropped)
                return false;
        }

        return true;
    }

    private static Column MadeOf(Column column) => ColumnSlots.InPlaceOf(column) is { } before && before.CSharp == column.CSharp ? MadeOf(before) : column;

    private static string Given(string value, Column column, Column declared) =>
        column.IsNullable || !declared.IsNullable ? value : declared.IsReference ? value + "!" : value + ".GetValueOrDefault()";
}
