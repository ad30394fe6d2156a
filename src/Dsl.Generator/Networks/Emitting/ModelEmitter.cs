using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>
/// Prints a model class: the members that docs/language.md lists (What a model class gets), and the program behind them. With an error in the declaration every member is still
/// there, and throws, so that the user sees our error and no other.
/// </summary>
internal static class ModelEmitter
{
    /// <summary>The text of the file for a model.</summary>
    /// <param name="network">The network; one with errors gets members that throw.</param>
    /// <param name="parts">What the class is made of, in this order.</param>
    /// <param name="failure">What the compiler threw at it, which the analyzer reports; else null.</param>
    public static string Emit(Network network, IReadOnlyList<ModelPart> parts, string? failure = null)
    {
        Program? program = network.HasErrors ? null : Planner.Plan(network);
        CodeWriter writer = new();
        ModelContext context = new(writer, network, program, new MemberNames(network));
        GeneratedClass.Begin(writer, network.Declaration, isStub: context.Throws, failure);
        new ModelDocument(network).Write(writer);
        GeneratedClass.Open(writer, network.Declaration);
        foreach (ModelPart part in parts)
            part.Write(context);
        GeneratedClass.End(writer, network.Declaration);
        return writer.ToString();
    }
}
