namespace Dsl.Spark.Executors;

/// <summary>How functions are called: Spark's <c>PythonEvalType</c>, which the client puts into plans and workers get with each task.</summary>
internal static class EvalTypes
{
    /// <summary>Columns in, a column out; in every Spark from 3.5 on.</summary>
    public const int ScalarPandas = 200;

    /// <summary>A group in, rows out.</summary>
    public const int GroupedMapPandas = 201;

    /// <summary>A partition in, rows out; in every Spark from 3.5 on.</summary>
    public const int MapArrow = 207;

    /// <summary>A group in, rows out, as one struct.</summary>
    public const int GroupedMapArrow = 209;

    /// <summary>As <see cref="ScalarPandas"/>; from 4.1 on.</summary>
    public const int ScalarArrow = 250;

    public static bool IsScalar(int type) => type is ScalarPandas or ScalarArrow;

    public static bool IsMap(int type) => type is MapArrow;

    public static bool IsGrouped(int type) => type is GroupedMapPandas or GroupedMapArrow;
}
