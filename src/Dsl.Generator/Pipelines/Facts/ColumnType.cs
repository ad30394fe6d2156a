namespace Dsl.Generator.Pipelines.Facts;

/// <summary>A C# type of a column, a parameter or a result.</summary>
/// <param name="Kind">What its values are.</param>
/// <param name="CSharp">The type without its question mark, as C# finds it from anywhere: <c>double</c>, <c>global::Dsl.Vector</c>.</param>
/// <param name="IsNullable">It may be null: <c>X?</c>.</param>
/// <param name="IsOblivious">A reference that is declared where nullable annotations mean nothing.</param>
/// <param name="IsReference">It is a class, a string or an array.</param>
/// <param name="IsWhole">A number of a whole type.</param>
/// <param name="Short">As messages show it: <c>double?</c>.</param>
internal sealed record ColumnType(ColumnKind Kind, string CSharp, bool IsNullable, bool IsOblivious, bool IsReference, bool IsWhole, string Short)
{
    /// <summary>As generated code declares it.</summary>
    public string Declared => IsNullable ? CSharp + "?" : CSharp;
}
