namespace Dsl.Generator.Declaring.Writing;

/// <summary>Prints the generated part of a struct that is marked <c>[Layer]</c>: it hands a network's calls on to the user's private methods.</summary>
internal static class OwnLayerEmitter
{
    private const string Interface = "global::Dsl.Runtime.IRowLayer";
    private const string Read = "global::System.ReadOnlySpan<float> ";
    private const string Written = "global::System.Span<float> ";

    public static string Emit(OwnLayerPart part)
    {
        CodeWriter writer = new();
        Declaration declaration = new() { Name = part.Name, Namespace = part.Namespace, ContainingTypes = part.ContainingTypes };
        GeneratedClass.Begin(writer, declaration, part.IsWrong, failure: null);
        bool hasParameters = part.ParameterCount > 0;
        string parameters = hasParameters ? ", parameters" : "";
        string count = Literal.Int(part.ParameterCount);
        writer.Line($"[global::Dsl.Runtime.CompiledLayer({count})]");
        writer.Open($"partial struct {Literal.Name(part.Name)} : {Interface}");
        writer.Line($"static int {Interface}.Features => {Literal.Int(part.Features)};");
        writer.Line($"static int {Interface}.ParameterCount => {count};");
        Member("Forward", [Read + "x", Read + "parameters", Written + "y"], $"Forward(x{parameters}, y)");
        Member(
            "Backward",
            [Read + "x", Read + "y", Read + "dy", Read + "parameters", Written + "dx", Written + "parameterGradients"],
            $"Backward(x, y, dy{parameters}, dx{(hasParameters ? ", parameterGradients" : "")})");
        Member("Initialize", [Written + "parameters", "global::System.Random random"], part.HasInitialize ? "Initialize(parameters, random)" : null);
        GeneratedClass.End(writer, declaration);
        return writer.ToString();

        void Member(string name, string[] types, string? call)
        {
            string body = part.IsWrong ? $"=> throw new global::System.InvalidOperationException({Literal.Text($"{part.Name} is wrong; the compiler shows how.")});"
                : call is null ? "{ }"
                : $"=> {call};";
            writer.Line($"static void {Interface}.{name}({string.Join(", ", types)}) {body}");
        }
    }
}
