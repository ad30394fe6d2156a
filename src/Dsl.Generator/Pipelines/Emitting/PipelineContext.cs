using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>What the parts of one generated class know.</summary>
/// <param name="Writer">Takes the text.</param>
/// <param name="Pipeline">The pipeline, right or wrong.</param>
/// <param name="Names">Which members can be written.</param>
/// <param name="Failed">The compiler threw at it, so that every member throws.</param>
internal sealed record PipelineContext(CodeWriter Writer, CheckedPipeline Pipeline, PipelineNames Names, bool Failed)
{
    private const string Generic = "global::System.Collections.Generic.";

    private PipelineCode? code;

    public Declaration Declaration => Pipeline.Declaration;

    /// <summary>What the bodies of a right pipeline's members know.</summary>
    public PipelineCode Code => code ??= new PipelineCode(this);

    public PipelineFacts Facts => Pipeline.Facts!;

    public RowType RowType => Facts.Row!;

    /// <summary>Every member throws.</summary>
    public bool Throws => Failed || Pipeline.HasErrors;

    /// <summary>The class itself, as C# finds it from within.</summary>
    public string Class => Literal.Name(Declaration.Name);

    /// <summary>What stands in place of a body where every member throws.</summary>
    public string Throw => $"throw new global::System.InvalidOperationException({Literal.Text($"The declaration of {Declaration.Name} has errors; the compiler shows them.")})";

    /// <summary>The C# version knows neither records nor nullable references (DSL119).</summary>
    public bool IsOld => Declaration.OldLanguage is not null;

    /// <summary>The question mark of a reference that may be null.</summary>
    public string MayBeNull => IsOld ? "" : "?";

    /// <summary>What <c>Predict</c> gives.</summary>
    public string Predicted => Names.OutputRow + (Pipeline.MayDrop ? MayBeNull : "");

    /// <summary>Rows as they are given.</summary>
    public string Rows => $"{Generic}IEnumerable<{RowType.CSharp}>";

    /// <summary>Rows as they come out.</summary>
    public string OutputRows => $"{Generic}IEnumerable<{Names.OutputRow}>";

    /// <summary>Of members that name the row type.</summary>
    public string RowAccess => IsLess(RowType.Access) ? "internal" : "public";

    /// <summary>Of the output row and of members that name it.</summary>
    public string OutputAccess => IsOutputHidden ? "internal" : "public";

    /// <summary>The output row cannot be seen where the class can, so that its interface is explicit.</summary>
    public bool IsOutputHidden => IsLess(RowType.Access) || Pipeline.Stages.Any(stage => stage.Network is { } network && IsLess(network.Access));

    /// <summary>Of <c>Fit</c> and <c>Tune</c>, which name the networks that they are given.</summary>
    public string FitAccess => IsLess(RowType.Access) || Pipeline.Given.Any(stage => stage.Network is { IsModel: true, Access: MemberAccess.Internal }) ? "internal" : "public";

    /// <summary>Of the property of a stage or model that learns: a network may be less visible than the class.</summary>
    public static string AccessOf(CheckedStage stage) => stage.Network is { IsModel: true } network ? network.Access switch
    {
        MemberAccess.Private => "private",
        MemberAccess.Internal => "internal",
        _ => "public",
    }
    : "public";

    /// <summary>The type of that property.</summary>
    public static string TypeOf(CheckedStage stage) => stage.Rule.NamesType ? TypeOf(stage.Network, MemberAccess.Private) : "global::Dsl.Pipelines." + stage.Rule.ModelClass;

    /// <summary>The type of a network in a member. Where that could not name it, or it is none, the class has an error, and whoever uses the member is not to have another.</summary>
    private static string TypeOf(NetworkFacts? network, MemberAccess member) => network is { IsModel: true } && network.Access >= member ? network.CSharp : "dynamic";

    /// <summary>The parameters of <c>Fit</c> and <c>Tune</c>.</summary>
    public string FitParameters => $"{Rows} rows, {string.Concat(Pipeline.Given.Select(stage => $"{TypeOf(stage.Network, MemberAccess.Internal)} {Names.Given(stage)}, "))}"
        + $"global::Dsl.PipelineOptions{MayBeNull} options = null, global::System.IProgress<global::Dsl.PipelineProgress>{MayBeNull} progress = null, "
        + "global::System.Threading.CancellationToken cancellationToken = default(global::System.Threading.CancellationToken)";

    /// <summary>A member, where its name is free: with a body that throws, or with the given one.</summary>
    /// <param name="member">Its name.</param>
    /// <param name="summary">Its comment.</param>
    /// <param name="head">All before its body.</param>
    public void Stub(string member, string summary, string head)
    {
        if (!Names.IsFree(member))
            return;
        Writer.Line($"/// <summary>{summary}</summary>");
        Writer.Line($"{head} => {Throw};");
    }

    private static bool IsLess(MemberAccess access) => access < MemberAccess.Public;
}
