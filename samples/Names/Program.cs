namespace Names;

internal static class Program
{
    internal static int Main(string[] arguments) => NamesCommand.Create().Parse(arguments).Invoke();
}
