using System.Linq;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>Generate, of a causal network: ids that follow a prompt. A wrong declaration that takes ids could have been one.</summary>
internal static class GenerationMembers
{
    private const string Prompt = "global::System.ReadOnlySpan<int> prompt";

    public static ModelPart Part { get; } = new(["Generate"], Write);

    private static void Write(ModelContext context)
    {
        bool generates = context.Program is { } program
            ? program.EntryPoints.Any(entry => entry.Kind == EntryKind.Next)
            : context.Network.Inputs.Count == 1 && context.Ports[0].Element == ElementType.Int32;
        if (!generates || !context.Names.IsFree("Generate"))
            return;
        string options = $"global::Dsl.GenerateOptions{(context.Network.Declaration.OldLanguage is null ? "?" : "")} options";
        Member($"int[] Generate({Prompt}, {options} = null)", "prompt, options");
        Member($"void Generate({Prompt}, {options}, global::System.Func<int, bool> take)", "prompt, options, take");
        Member($"int[][] Generate({Prompt}, int sequences, {options} = null)", "prompt, sequences, options");
        context.Writer.Line();

        void Member(string signature, string arguments) =>
            context.Writer.Line($"public {signature} => {(context.Throws ? context.Names.Throw : $"base.Code.Generate({arguments})")};");
    }
}
