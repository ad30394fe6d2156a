using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Losses;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>
/// Prints a model class: the members that docs/language.md lists (What a model class gets), and the program behind them. With an error in the declaration every member is still
/// there, and throws, so that the user sees our error and no other.
/// </summary>
internal sealed class ModelEmitter
{
    private readonly Network network;
    private readonly Program? program;
    private readonly CodeWriter writer = new();
    private readonly string name;
    private readonly Loss? loss;
    private readonly MemberNames names;
    private readonly List<Port> ports;

    private readonly string? failure;

    private ModelEmitter(Network network, string? failure)
    {
        this.network = network;
        this.failure = failure;
        name = network.Declaration.Name;
        program = network.HasErrors ? null : Planner.Plan(network);
        loss = network.Loss?.Construct as Loss;
        names = new MemberNames(network);
        ports = [.. Port.Inputs(network), .. Port.Outputs(network)];
    }

    private bool Throws => program is null;

    /// <summary>The text of the file for a model.</summary>
    /// <param name="network">The network; one with errors gets members that throw.</param>
    /// <param name="failure">What the compiler threw at it, which the analyzer reports; else null.</param>
    public static string Emit(Network network, string? failure = null) => new ModelEmitter(network, failure).Emit();

    private string Emit()
    {
        writer.Line(GeneratorOutput.FirstLine);
        if (failure is not null)
            writer.Line(GeneratorOutput.FailureMark + failure);
        else if (Throws)
            writer.Line(GeneratorOutput.StubMark);
        if (network.Declaration.OldLanguage is null)
            writer.Line("#nullable enable");
        writer.Line("#pragma warning disable");
        Declaration declaration = network.Declaration;
        if (declaration.Namespace.Length > 0)
            writer.Open("namespace " + string.Join(".", declaration.Namespace.Split('.').Select(Escape)));
        foreach (ContainingType container in declaration.ContainingTypes)
            writer.Open($"partial {container.Keyword} {Escape(container.Name)}");
        new ModelDocument(network).Write(writer);
        writer.Line("[global::System.CodeDom.Compiler.GeneratedCode(\"Dsl.Generator\", \"0.1.0\")]");
        writer.Open($"partial class {Escape(name)} : global::Dsl.Network");
        Construction();
        Shapes();
        new RunMembers(writer, network, loss, names).Write();
        new LayerMembers(writer, network, names).Write();
        Batches();
        if (program is not null)
            new ProgramEmitter(writer, program, names).Write();
        writer.Close();
        foreach (ContainingType _ in declaration.ContainingTypes)
            writer.Close();
        if (declaration.Namespace.Length > 0)
            writer.Close();
        return writer.ToString();
    }

    private void Construction()
    {
        Fixed("ParameterCount", $"public const long ParameterCount = {Literal.Int(Throws ? 0 : network.ParameterCount)}L;");
        Fixed("FlopsPerSample", $"public const long FlopsPerSample = {Literal.Int(Throws ? 0 : network.Operations)}L;");
        writer.Line();
        string escaped = Escape(name);
        if (Throws)
        {
            Fixed(".ctor", $"public {escaped}(ulong seed = 0) : base((global::Dsl.Runtime.NetworkProgram)null ?? {names.Throw}, seed) {{ }}");
            Fixed("On", $"public static {escaped} On<{names.Backend}>(ulong seed = 0) where {names.Backend} : struct, global::Dsl.Runtime.IBackend => {names.Throw};");
            Fixed("Load", $"public static {escaped} Load(string path) => {names.Throw};");
            Fixed("Load", $"public static {escaped} Load(global::System.ReadOnlySpan<byte> file) => {names.Throw};");
            Fixed("CopyFrom", $"public void CopyFrom({escaped} other) => {names.Throw};");
        }
        else
        {
            writer.Line($"public {escaped}(ulong seed = 0) : base(new {names.Program}<global::Dsl.Runtime.CpuBackend>(), seed) {{ }}");
            writer.Line($"private {escaped}(global::Dsl.Runtime.NetworkProgram program, ulong seed) : base(program, seed) {{ }}");
            writer.Line($"public static {escaped} On<{names.Backend}>(ulong seed = 0) where {names.Backend} : struct, global::Dsl.Runtime.IBackend => new(new {names.Program}<{names.Backend}>(), seed);");
            writer.Line($"public static {escaped} Load(string path) => global::Dsl.Network.Loaded(new {escaped}(), path);");
            writer.Line($"public static {escaped} Load(global::System.ReadOnlySpan<byte> file) => global::Dsl.Network.Loaded(new {escaped}(), file);");
            writer.Line($"public void CopyFrom({escaped} other) => base.CopyValues(other);");
        }

        writer.Line();
    }

    private void Fixed(string member, string line)
    {
        if (names.IsFree(member))
            writer.Line(line);
    }

    private void Shapes()
    {
        foreach (Port port in ports)
        {
            if (!names.IsFree(port.Prefix + "Shape"))
                continue;
            string value = port.Shape.IsKnown && !Throws ? $"new int[] {{ {string.Join(", ", port.Shape.ToArray())} }}" : names.Throw;
            writer.Line($"public static global::System.ReadOnlySpan<int> {port.Prefix}Shape => {value};");
        }

        writer.Line();
    }

    private void Batches()
    {
        foreach (Port port in ports)
        {
            string type = names.TypeOf(port.Batch);
            writer.Open($"public sealed class {type} : global::Dsl.SampleBatch");
            if (Throws)
            {
                writer.Line($"public {type}(int count) : base(1, 1) => {names.Throw};");
                writer.Line($"public {type}(float[] values) : base(1, 1) => {names.Throw};");
            }
            else
            {
                string size = Literal.Int(port.Shape.Count);
                writer.Line($"public {type}(int count) : base(count, {size}) {{ }}");
                writer.Line($"public {type}(float[] values) : base(values, {size}) {{ }}");
            }

            writer.Close();
        }

        writer.Line();
    }

    /// <summary>A user's name as C# takes it: one that is a keyword (written <c>@class</c>) needs its sign again.</summary>
    internal static string Escape(string identifier) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(identifier) == Microsoft.CodeAnalysis.CSharp.SyntaxKind.None
        && Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetContextualKeywordKind(identifier) == Microsoft.CodeAnalysis.CSharp.SyntaxKind.None
            ? identifier
            : "@" + identifier;
}
