namespace Digits;

internal static class Program
{
    internal static int Main(string[] arguments) => DigitsCommand.Create().Parse(arguments).Invoke();
}
