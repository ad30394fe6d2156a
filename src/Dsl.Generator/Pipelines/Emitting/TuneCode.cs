namespace Dsl.Generator.Pipelines.Emitting;

/// <summary><c>Tune</c>: every point of the grid on every fold.</summary>
internal static class TuneCode
{
    public static void Write(PipelineCode code) =>
        code.Context.Stub("Tune", "Fits every point of the grid on every fold.", $"{code.Context.FitAccess} static global::Dsl.PipelineTuning<{code.Context.Class}> Tune({code.Context.FitParameters})");
}
