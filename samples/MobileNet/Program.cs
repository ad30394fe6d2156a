namespace MobileNet;

internal static class Program
{
    internal static int Main(string[] arguments) => MobileNetCommand.Create().Parse(arguments).Invoke();
}
