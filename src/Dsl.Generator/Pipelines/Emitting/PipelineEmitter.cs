using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>
/// Prints a pipeline class. With an error in the declaration every member is still there, and throws, so that the user sees our error and no other.
/// </summary>
internal static class PipelineEmitter
{
    private static readonly string[] OfInterface = ["Predict", "Transform", "Summary", "Save", "Dispose"];

    /// <summary>The text of the file for a pipeline.</summary>
    /// <param name="pipeline">The pipeline; one with errors gets members that throw.</param>
    /// <param name="parts">What the class is made of, in this order.</param>
    /// <param name="failure">What the compiler threw at it, which the analyzer reports; else null.</param>
    public static string Emit(CheckedPipeline pipeline, IReadOnlyList<PipelinePart> parts, string? failure = null)
    {
        CodeWriter writer = new();
        PipelineNames names = new(pipeline);
        PipelineContext context = new(writer, pipeline, names, failure is not null);
        GeneratedClass.Begin(writer, pipeline.Declaration, isStub: context.Throws, failure);
        PipelineDocument.Write(writer, pipeline);
        GeneratedClass.Open(writer, pipeline.Declaration, IsWhole(context) ? $"global::Dsl.IPipeline<{context.RowType.CSharp}, {context.Class}.{names.OutputRow}>" : null);
        foreach (PipelinePart part in parts)
            part.Write(context);
        GeneratedClass.End(writer, pipeline.Declaration);
        return writer.ToString();
    }

    /// <summary>Whether no member of the user's takes the place of one that the interface has.</summary>
    public static bool IsWhole(PipelineContext context) => OfInterface.All(context.Names.IsFree);
}
