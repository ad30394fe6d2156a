namespace Dsl.Spark.Worker;

/// <summary>How Spark wants functions called: its <c>PythonEvalType</c>.</summary>
internal static class EvalTypes
{
    public const int ScalarPandas = 200;
    public const int GroupedMapPandas = 201;
    public const int MapArrow = 207;
    public const int GroupedMapArrow = 209;
    public const int ScalarArrow = 250;

    public static bool IsScalar(int type) => type is ScalarPandas or ScalarArrow;

    public static bool IsMap(int type) => type is MapArrow;

    public static bool IsGrouped(int type) => type is GroupedMapPandas or GroupedMapArrow;
}
