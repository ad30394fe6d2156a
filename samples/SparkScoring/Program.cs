namespace SparkScoring;

internal static class Program
{
    internal static int Main(string[] arguments) => ScoringCommand.Create().Parse(arguments).Invoke();
}
