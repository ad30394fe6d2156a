using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>Gradients, GradientsFrom and Apply, over spans and over typed batches: the halves of a training step, for a caller's own training.</summary>
internal sealed class GradientMembers
{
    public static ModelPart Part { get; } = new(["Gradients", "GradientsFrom", "Apply"], context => new GradientMembers(context).Write());

    private readonly ModelContext context;
    private readonly CodeWriter writer;
    private readonly MemberNames names;
    private readonly List<Port> inputs;

    // Of ids there are no gradients.
    private readonly List<Port> withGradients;

    // Parameters and arguments of every member: inputs in order, then the gradients, each behind a comma.
    private readonly string inputSpans;
    private readonly string inputBatches;
    private readonly string inputValues;
    private readonly string gradientSpans;
    private readonly string gradientBatches;
    private readonly string gradientValues;

    private GradientMembers(ModelContext context)
    {
        this.context = context;
        writer = context.Writer;
        names = context.Names;
        inputs = names.Inputs;
        withGradients = inputs.FindAll(port => port.Element == ElementType.Float32);
        inputSpans = string.Join(", ", inputs.Select(port => $"global::System.ReadOnlySpan<{port.Type}> {port.Parameter}"));
        inputBatches = string.Join(", ", inputs.Select(port => $"{names.TypeOf(port.Batch)} {port.Parameter}"));
        inputValues = string.Join(", ", inputs.Select(port => ValuesOf(port.Parameter)));
        gradientSpans = string.Concat(withGradients.Select(port => $", global::System.Span<float> {port.Gradients}"));
        gradientBatches = string.Concat(withGradients.Select(port => $", {names.TypeOf(port.Batch)} {port.Gradients}"));
        gradientValues = string.Concat(withGradients.Select(port => ", " + ValuesOf(port.Gradients)));
    }

    private void Write()
    {
        Loss? loss = context.Loss;
        if (loss is null && !context.Throws)
            return;

        // As RunMembers does it: a wrong or missing loss could have been any.
        bool isAny = context.Throws && loss is null;
        if (names.IsFree("Gradients"))
        {
            if (isAny || loss is { TakesLabels: true })
                Members("float Gradients", new Given("labels", "int", "", "run.Labels(labels);"), "return run.ExecuteGradients();");
            if (isAny || loss is { TakesTargets: true })
                Members("float Gradients", new Given("targets", "float", names.TypeOf("OutputBatch"), "run.Targets(targets);"), "return run.ExecuteGradients();");
            if (isAny || loss is { TakesLabels: false, TakesTargets: false })
                Members("float Gradients", null, "return run.ExecuteGradients();");
        }

        if (names.IsFree("GradientsFrom"))
        {
            string parameter = inputs.Exists(port => port.Gradients == "outputGradients") ? "givenGradients" : "outputGradients";
            Members("void GradientsFrom", new Given(parameter, "float", names.TypeOf("OutputBatch"), $"run.OutputGradient(\"{parameter}\", {parameter});"), "run.ExecuteGradientsFrom();");
        }

        if (names.IsFree("Apply") && (context.Throws || context.Network.Optimizer is not null))
            writer.Line($"public void Apply() => {(context.Throws ? names.Throw : "base.Code.Apply()")};");
        writer.Line();
    }

    /// <summary>A member with and without gradients at the inputs, each over spans and over batches.</summary>
    private void Members(string member, Given? given, string execute)
    {
        Member(member, given, execute, []);
        if (withGradients.Count > 0)
            Member(member, given, execute, withGradients);
    }

    private void Member(string member, Given? given, string execute, List<Port> wanted)
    {
        bool isWanted = wanted.Count > 0;
        string span = given is null ? "" : $", global::System.ReadOnlySpan<{given.Type}> {given.Parameter}";
        string batch = given is null or { Batch.Length: 0 } ? span : $", {given.Batch} {given.Parameter}";
        if (context.Throws)
        {
            writer.Line($"public {member}({inputSpans}{span}{(isWanted ? gradientSpans : "")}) => {names.Throw};");
            writer.Line($"public {member}({inputBatches}{batch}{(isWanted ? gradientBatches : "")}) => {names.Throw};");
            return;
        }

        writer.Open($"public {member}({inputSpans}{span}{(isWanted ? gradientSpans : "")})");
        Body(given, execute, wanted);
        writer.Close();
        string name = member.Substring(member.IndexOf(' ') + 1);
        string argument = given is null ? "" : ", " + (given.Batch.Length == 0 ? given.Parameter : ValuesOf(given.Parameter));
        writer.Line($"public {member}({inputBatches}{batch}{(isWanted ? gradientBatches : "")}) => {name}({inputValues}{argument}{(isWanted ? gradientValues : "")});");
    }

    private void Body(Given? given, string execute, List<Port> wanted)
    {
        List<string> others = [.. inputs.Select(port => port.Parameter)];
        if (given is not null)
            others.Add(given.Parameter);
        foreach (Port port in wanted)
        {
            foreach (string other in others)
                writer.Line($"base.Code.CheckApart(\"{other}\", {other}, \"{port.Gradients}\", {port.Gradients});");
            others.Add(port.Gradients);
        }

        writer.Line("using global::Dsl.Runtime.ProgramRun run = base.Code.StartGradients();");
        for (int i = 0; i < inputs.Count; i++)
            writer.Line($"run.Input({Literal.Int(i)}, {inputs[i].Parameter});");
        if (given is not null)
            writer.Line(given.Statement);
        foreach (Port port in wanted)
            writer.Line($"run.WantInputGradient({Number(port)}, \"{port.Gradients}\", {port.Gradients});");
        if (wanted.Count == 0)
        {
            writer.Line(execute);
            return;
        }

        bool returns = execute.StartsWith("return ", System.StringComparison.Ordinal);
        writer.Line(returns ? "float loss = " + execute.Substring("return ".Length) : execute);
        foreach (Port port in wanted)
            writer.Line($"run.InputGradient({Number(port)}, {port.Gradients});");
        if (returns)
            writer.Line("return loss;");
    }

    private string Number(Port port) => Literal.Int(inputs.FindIndex(one => one.Parameter == port.Parameter));

    private static string ValuesOf(string batch) => $"global::Dsl.Network.Given({batch}).Values";

    /// <summary>What is given beside the inputs.</summary>
    /// <param name="Parameter">Its name.</param>
    /// <param name="Type">Its elements.</param>
    /// <param name="Batch">The type of a batch of it; empty where it comes as a span there too.</param>
    /// <param name="Statement">Hands it to the run.</param>
    private sealed record Given(string Parameter, string Type, string Batch, string Statement);
}
