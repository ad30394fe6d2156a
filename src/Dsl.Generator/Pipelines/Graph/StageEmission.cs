using Dsl.Generator.Declaring.Writing;

namespace Dsl.Generator.Pipelines.Graph;

// How the C# of a right pipeline is written. PipelineEmitter prints the class; inside Fit, Transform and Predict it goes over CheckedPipeline.Stages in order and calls, of each stage,
// EmitFit (only where Learns), EmitTransform and EmitRow with one of these. A stage's file overrides them: it reads its options (CheckedStage.Entry.Options), its columns
// (CheckedStage.Inputs and Outputs, in the order of Reads and Makes) and writes statements through Writer. Names of locals and fields, the offsets of dense vectors in the row's one array and
// what else the statements need is added here, as properties and methods, so that no stage's file knows how a column is kept.

/// <summary>The place in a generated method where one stage writes its statements.</summary>
/// <param name="Writer">Takes the text.</param>
/// <param name="Pipeline">The whole pipeline.</param>
/// <param name="Stage">The stage, with its columns.</param>
internal sealed record StageEmission(CodeWriter Writer, CheckedPipeline Pipeline, CheckedStage Stage);
