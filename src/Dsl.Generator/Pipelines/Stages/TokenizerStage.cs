using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Words, split at white space.</summary>
internal sealed class TokenizerStage : TextStage<TokenizerAttribute>
{
    protected override Wanted Input => Wanted.Words;

    protected override Column OutputOf(StageSite site, Column input) => Columns.Tokens;
}
