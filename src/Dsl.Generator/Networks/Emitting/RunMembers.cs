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

    private readonly List<Port> inputs = Port.Inputs(network);
    private readonly List<Port> outputs = Port.Outputs(network);
    private readonly bool throws = network.HasErrors;

    private bool HasOneFloatInput => inputs.Count == 1 && inputs[0].Element == ElementType.Float32;

    private bool IsSimple => HasOneFloatInput && outputs.Count == 1;

    private string OutputBatch { get; } = names.TypeOf("OutputBatch");

    private string SpanParameters { get; } = string.Join(", ", Port.Inputs(network).Select(port => $"global::System.ReadOnlySpan<{port.Type}> {port.Parameter}"));

    private string BatchParameters { get; } = string.Join(", ", Port.Inputs(network).Select(port => $"{names.TypeOf(port.Batch)} {port.Parameter}"));

    private string BatchSpans { get; } = string.Join(", ", Port.Inputs(network).Select(port => ValuesOf(port.Parameter)));

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

    private void Member(string signature, string body) => writer.Line($"{signature} => {(throws ? names.Throw : body)};");

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
        string signature = $"public void Predict({SpanParameters}, {string.Join(", ", outputs.Select(port => $"global::System.Span<float> {port.Parameter}"))})";
        if (IsSimple)
            Member(signature, "base.Code.Predict(inputs, outputs)");
        else
            Run(signature, [.. outputs.Select(port => port.Parameter)], ["run.Execute();", .. outputs.Select((port, i) => $"run.Output({Literal.Int(i)}, {port.Parameter});")]);
        string outputBatches = string.Join(", ", outputs.Select(port => $"{names.TypeOf(port.Batch)} {port.Parameter}"));
        Member($"public void Predict({BatchParameters}, {outputBatches})", $"Predict({BatchSpans}, {string.Join(", ", outputs.Select(port => ValuesOf(port.Parameter)))})");
        if (outputs.Count == 1)
        {
            Member(
                $"public {OutputBatch} Predict({BatchParameters})",
                $"global::Dsl.Network.Filled(new {OutputBatch}({Given(inputs[0].Parameter)}.Count), batch => Predict({string.Join(", ", inputs.Select(port => port.Parameter))}, batch))");
        }
    }

    private void Probabilities()
    {
        string signature = $"public void Probabilities({SpanParameters}, global::System.Span<float> probabilities)";
        if (IsSimple)
            Member(signature, "base.Code.Probabilities(inputs, probabilities)");
        else
            Run(signature, ["probabilities"], ["run.Execute();", "run.ToProbabilities();", "run.Output(0, probabilities);"]);
        Member($"public void Probabilities({BatchParameters}, {OutputBatch} probabilities)", $"Probabilities({BatchSpans}, {ValuesOf("probabilities")})");
    }

    private void Classify()
    {
        string signature = $"public void Classify({SpanParameters}, global::System.Span<int> labels)";
        if (IsSimple)
            Member(signature, "base.Code.Classify(inputs, labels)");
        else
            Run(signature, ["labels"], ["run.Execute();", "run.OutputLabels(labels);"]);
        Member($"public void Classify({BatchParameters}, global::System.Span<int> labels)", $"Classify({BatchSpans}, labels)");
    }

    private void Training(string method, string target, string batchTarget, string both, string batchArgument)
    {
        string separator = target.Length == 0 ? "" : ", ";
        string signature = $"public float {method}({SpanParameters}{separator}{target})";
        if (throws || HasOneFloatInput)
        {
            Member(signature, $"base.Code.{method}(inputs{both})");
        }
        else
        {
            writer.Open(signature);
            writer.Line($"using global::Dsl.Runtime.ProgramRun run = base.Code.{(method == "Loss" ? "StartInference" : "StartTraining")}();");
            SetInputs();
            if (target.Length > 0)
                writer.Line(target.EndsWith("labels", System.StringComparison.Ordinal) ? "run.Labels(labels);" : "run.Targets(targets);");
            writer.Line($"return run.{(method == "Loss" ? "ExecuteLoss" : "ExecuteTraining")}();");
            writer.Close();
        }

        Member($"public float {method}({BatchParameters}{separator}{batchTarget})", $"{method}({BatchSpans}{batchArgument})");
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
                Member(signature, "");
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
