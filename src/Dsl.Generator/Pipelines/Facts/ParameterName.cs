namespace Dsl.Generator.Pipelines.Facts;

/// <summary>How a parameter names a column, be it a method's or a constructor's: exactly, or but for the first letter's case.</summary>
internal static class ParameterName
{
    /// <summary>The other name that a column of the parameter may have.</summary>
    public static string OtherCase(string parameter) => parameter.Length == 0
        ? parameter
        : (char.IsUpper(parameter[0]) ? char.ToLowerInvariant(parameter[0]) : char.ToUpperInvariant(parameter[0])) + parameter.Substring(1);

    /// <summary>Whether a column may be meant; neither name is empty.</summary>
    public static bool IsOf(string column, string parameter) => column.Length == parameter.Length
        && char.ToUpperInvariant(column[0]) == char.ToUpperInvariant(parameter[0])
        && string.CompareOrdinal(column, 1, parameter, 1, column.Length) == 0;
}
