namespace Dsl.Generator.Tests.Spark;

internal static class SparkSources
{
    public const string Seam = """
        namespace Dsl.Spark.Sql { public sealed class Column; }
        namespace Dsl.Spark.Executors
        {
            public static class UserDefinedFunction
            {
                public static Sql.Column Call<TFunction>(string name, bool isDeterministic, params Sql.Column[] arguments) where TFunction : ColumnFunction, new() => new();
            }
        }
        """;
}
