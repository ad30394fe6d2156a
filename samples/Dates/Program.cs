namespace Dates;

internal static class Program
{
    internal static int Main(string[] arguments) => DatesCommand.Create().Parse(arguments).Invoke();
}
