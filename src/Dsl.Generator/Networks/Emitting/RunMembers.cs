using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>Predict, Probabilities, Classify, Loss, TrainStep and exposed parts, over spans and over typed batches.</summary>
internal sealed class RunMembers(CodeWriter writer, Network network, Program? program, Loss? loss, MemberNames names)
{
    private const string Start = "using global::Dsl.Runtime.ProgramRun run = base.Code.StartInference();";

    public static ModelPart Part { get; } = new(
        ["Predict", "Probabilities", "Classify", "Loss", "TrainStep"],
        context => new RunMembers(context.Writer, context.Network, context.Program, context.Loss, context.Names).Write());

    private readonly List<Port> inputs = names.Inputs;
    private readonly List<Port> outputs = names.Outputs;
    private readonly bool throws = network.HasErrors;

    private bool HasOneFloatInput => inputs.Count == 1 && inputs[0].Element == ElementType.Float32;

    private bool IsSimple => HasOneFloatInput && outputs.Count == 1;

    private string OutputBatch { get; } = names.TypeOf("OutputBatch");

    private string SpanParameters { get; } = string.Join(", ", names.Inputs.Select(port => $"global::System.ReadOnlySpan<{port.Type}> {port.Parameter}"));

    private string BatchParameters { get; } = string.Join(", ", names.Inputs.Select(port => $"{names.TypeOf(port.Batch)} {port.Parameter}"));

    private string BatchSpans { get; } = string.Join(", ", names.Inputs.Select(port => ValuesOf(port.Parameter)));

    // A batch that is null is an error of the caller, under the name of his argument.
    private static string Given(string batch) => $"global::Dsl.Network.Given({batch})";

    private static string ValuesOf(string batch) => Given(batch) + ".Values";

    private void Write()
    {
        if (names.IsFree("Predict"))
            Predict();

        // A wrong or missing loss could have been any: every form of its members is there, so that no call of them is a second error.
        bool isAny = throws && loss is null;
        if ((isAny || loss is { HasProbabilities: true }) && names.IsFree("Probabilities"))
            Probabilities();
        if ((isAny || loss is { TakesLabels: true }) && names.IsFree("Classify"))
            Classify();
        foreach (string method in new[] { "Loss", "TrainStep" })
        {
            if (!names.IsFree(method) || (method == "TrainStep" && network.Optimizer is null && !throws))
                continue;
            if (isAny || loss is { TakesLabels: true })
                Training(method, "global::System.ReadOnlySpan<int> labels", "global::System.ReadOnlySpan<int> labels", ", labels, default", ", labels");
            if (isAny || loss is { TakesTargets: true })
                Training(method, "global::System.ReadOnlySpan<float> targets", OutputBatch + " targets", ", default, targets", $", {ValuesOf("targets")}");
            if (isAny || loss is { TakesLabels: false, TakesTargets: false })
                Training(method, "", "", ", default, default", "");
        }

        foreach (Exposure exposure in network.Exposures)
        {
            Exposed(exposure, onward: false);
            if (exposure.Onward is not null)
                Exposed(exposure, onward: true);
        }

        writer.Line();
    }

    /// <summary>Of a wrong declaration ends a member behind its arrow.</summary>
    private bool Throws()
    {
        if (throws)
            writer.Append(names.Throw).Append(";").End();
        return throws;
    }

    private void Run(string signature, string[] results, IEnumerable<string> statements, string start = Start)
    {
        if (throws)
        {
            writer.Line($"{signature} => {names.Throw};");
            return;
        }

        writer.Open(signature);
        CheckApart([.. inputs.Select(port => port.Parameter)], results);
        writer.Line(start);
        SetInputs();
        foreach (string statement in statements)
            writer.Line(statement);
        writer.Close();
    }

    /// <summary>What a member writes lies apart from what it reads and from what else it writes.</summary>
    private void CheckApart(string[] sources, string[] results)
    {
        for (int i = 0; i < results.Length; i++)
        {
            foreach (string other in sources.Concat(results.Take(i)))
                writer.Line($"base.Code.CheckApart(\"{other}\", {other}, \"{results[i]}\", {results[i]});");
        }
    }

    private void SetInputs()
    {
        for (int i = 0; i < inputs.Count; i++)
            writer.Line($"run.Input({Literal.Int(i)}, {inputs[i].Parameter});");
    }

    private void Predict()
    {
        string outputSpans = string.Join(", ", outputs.Select(port => "global::System.Span<float> " + port.Parameter));
        if (IsSimple)
            Simple("Predict", outputSpans, "outputs");
        else
            Run($"public void Predict({SpanParameters}, {outputSpans})", [.. outputs.Select(port => port.Parameter)], ["run.Execute();", .. outputs.Select((port, i) => $"run.Output({Literal.Int(i)}, {port.Parameter});")]);
        OverBatches("Predict", string.Join(", ", outputs.Select(port => $"{names.TypeOf(port.Batch)} {port.Parameter}")), string.Join(", ", outputs.Select(port => ValuesOf(port.Parameter))));
        if (outputs.Count == 1)
        {
            writer.Begin($"public {OutputBatch} Predict({BatchParameters}) => ");
            if (!Throws())
                writer.Append($"global::Dsl.Network.Filled(new {OutputBatch}({Given(inputs[0].Parameter)}.Count), batch => Predict({string.Join(", ", inputs.Select(port => port.Parameter))}, batch));").End();
        }
    }

    /// <summary>A member of a network of one input and one output, for which the runtime has one.</summary>
    private void Simple(string member, string result, string argument)
    {
        writer.Begin($"public void {member}({SpanParameters}, {result}) => ");
        if (!Throws())
            writer.Append($"base.Code.{member}(inputs, {argument});").End();
    }

    private void OverBatches(string member, string result, string argument)
    {
        writer.Begin($"public void {member}({BatchParameters}, {result}) => ");
        if (!Throws())
            writer.Append($"{member}({BatchSpans}, {argument});").End();
    }

    private void Probabilities()
    {
        const string Result = "global::System.Span<float> probabilities";
        if (IsSimple)
            Simple("Probabilities", Result, "probabilities");
        else
            Run($"public void Probabilities({SpanParameters}, {Result})", ["probabilities"], ["run.Execute();", "run.ToProbabilities();", "run.Output(0, probabilities);"]);
        OverBatches("Probabilities", OutputBatch + " probabilities", ValuesOf("probabilities"));
    }

    private void Classify()
    {
        const string Result = "global::System.Span<int> labels";
        if (IsSimple)
            Simple("Classify", Result, "labels");
        else
            Run($"public void Classify({SpanParameters}, {Result})", ["labels"], ["run.Execute();", "run.OutputLabels(labels);"]);
        OverBatches("Classify", Result, "labels");
    }

    private void Training(string method, string target, string batchTarget, string both, string batchArgument)
    {
        string separator = target.Length == 0 ? "" : ", ";
        if (throws || HasOneFloatInput)
        {
            writer.Begin($"public float {method}({SpanParameters}{separator}{target}) => ");
            if (!Throws())
                writer.Append($"base.Code.{method}(inputs{both});").End();
        }
        else
        {
            writer.Open($"public float {method}({SpanParameters}{separator}{target})");
            writer.Line($"using global::Dsl.Runtime.ProgramRun run = base.Code.{(method == "Loss" ? "StartInference" : "StartTraining")}();");
            SetInputs();
            if (target.Length > 0)
                writer.Line(target.EndsWith("labels", System.StringComparison.Ordinal) ? "run.Labels(labels);" : "run.Targets(targets);");
            writer.Line($"return run.{(method == "Loss" ? "ExecuteLoss" : "ExecuteTraining")}();");
            writer.Close();
        }

        writer.Begin($"public float {method}({BatchParameters}{separator}{batchTarget}) => ");
        if (!Throws())
            writer.Append($"{method}({BatchSpans}{batchArgument});").End();
    }

    private string StartPart(string name) => $"using global::Dsl.Runtime.ProgramRun run = base.Code.Start({Literal.Int(program?.NumberOfPart(name) ?? 0)});";

    private void Exposed(Exposure exposure, bool onward)
    {
        string method = onward ? exposure.Onward! : exposure.UpTo;
        if (!names.Take(method))
            return;
        if (onward)
        {
            string signature = $"public void {Literal.Name(method)}(global::System.ReadOnlySpan<float> values, global::System.Span<float> outputs)";
            if (throws)
            {
                writer.Line($"{signature} => {names.Throw};");
                return;
            }

            writer.Open(signature);
            CheckApart(["values"], ["outputs"]);
            writer.Line(StartPart(method));
            writer.Line("run.Input(0, values);");
            writer.Line("run.Execute();");
            writer.Line("run.Output(0, outputs);");
            writer.Close();
            return;
        }

        Run($"public void {Literal.Name(method)}({SpanParameters}, global::System.Span<float> values)", ["values"], ["run.Execute();", "run.Output(0, values);"], StartPart(method));
    }
}
