using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Emitting;

/// <summary>Predict, Probabilities, Classify, Loss, TrainStep and exposed parts, over spans and over typed batches.</summary>
internal sealed class RunMembers(CodeWriter writer, Network network, Losses.Loss? loss, bool throws)
{
    private readonly List<string> inputs = InputNames(network);
    private readonly List<string> outputs = OutputNames(network);

    private bool IsSimple => inputs.Count == 1 && outputs.Count == 1;

    private string SpanParameters => string.Join(", ", inputs.Select(name => $"global::System.ReadOnlySpan<float> {Local(name)}"));

    private string BatchParameters => string.Join(", ", inputs.Select(name => $"{BatchOf(name)} {Local(name)}"));

    private string BatchSpans => string.Join(", ", inputs.Select(name => Local(name) + ".Values"));

    public void Write()
    {
        Predict();
        if (loss is { } given)
        {
            if (given.HasProbabilities)
                Probabilities();
            if (given.TakesLabels)
                Classify();
            Training(given);
        }

        for (int i = 0, part = 0; i < network.Exposures.Count; i++)
        {
            Exposure exposure = network.Exposures[i];
            Part(part++, exposure, onward: false);
            if (exposure.Onward is not null)
                Part(part++, exposure, onward: true);
        }

        writer.Line();
    }

    private static List<string> InputNames(Network network) => network.Inputs.Count == 1
        ? ["inputs"]
        : [.. network.Inputs.Select(index => network.Nodes[index].Name)];

    private static List<string> OutputNames(Network network)
    {
        List<string> names = ["outputs"];
        foreach (NetworkOutput output in network.Outputs)
            names.Add(output.Name);
        return names;
    }

    private static string BatchOf(string input) => input == "inputs" ? "InputBatch" : input + "Batch";

    // A suffix keeps a layer's name from being a keyword or one of our own parameters.
    private string Local(string name)
    {
        if (name is "inputs" or "outputs")
            return name;
        string lower = char.ToLowerInvariant(name[0]) + name.Substring(1);
        bool isTaken = lower != name && (inputs.Contains(lower) || outputs.Contains(lower));
        return (isTaken ? name : lower) + "Values";
    }

    private void Member(string signature, string body)
    {
        if (!TakenNames.Has(network, signature))
            writer.Line($"{signature} => {(throws ? "throw Invalid()" : body)};");
    }

    private void Run(string signature, IEnumerable<string> statements)
    {
        if (throws)
        {
            Member(signature, "");
            return;
        }

        writer.Open(signature);
        writer.Line("using global::Dsl.Runtime.ProgramRun run = Code.StartInference();");
        SetInputs();
        foreach (string statement in statements)
            writer.Line(statement);
        writer.Close();
    }

    private void SetInputs()
    {
        for (int i = 0; i < inputs.Count; i++)
            writer.Line($"run.Input({Literal.Int(i)}, {Local(inputs[i])});");
    }

    private void Predict()
    {
        string signature = $"public void Predict({SpanParameters}, {string.Join(", ", outputs.Select(name => $"global::System.Span<float> {Local(name)}"))})";
        if (IsSimple)
            Member(signature, "Code.Predict(inputs, outputs)");
        else
            Run(signature, ["run.Execute();", .. outputs.Select((name, i) => $"run.Output({Literal.Int(i)}, {Local(name)});")]);
        string outputBatches = string.Join(", ", outputs.Select(name => $"{(name == "outputs" ? "OutputBatch" : name + "Batch")} {Local(name)}"));
        Member($"public void Predict({BatchParameters}, {outputBatches})", $"Predict({BatchSpans}, {string.Join(", ", outputs.Select(name => Local(name) + ".Values"))})");
        if (outputs.Count == 1)
        {
            Member(
                $"public OutputBatch Predict({BatchParameters})",
                $"Filled(new OutputBatch({Local(inputs[0])}.Count), batch => Predict({string.Join(", ", inputs.Select(Local))}, batch))");
        }
    }

    private void Probabilities()
    {
        string signature = $"public void Probabilities({SpanParameters}, global::System.Span<float> probabilities)";
        if (IsSimple)
            Member(signature, "Code.Probabilities(inputs, probabilities)");
        else
            Run(signature, ["run.Execute();", "run.ToProbabilities();", "run.Output(0, probabilities);"]);
        Member($"public void Probabilities({BatchParameters}, OutputBatch probabilities)", $"Probabilities({BatchSpans}, probabilities.Values)");
    }

    private void Classify()
    {
        string signature = $"public void Classify({SpanParameters}, global::System.Span<int> labels)";
        if (IsSimple)
            Member(signature, "Code.Classify(inputs, labels)");
        else
            Run(signature, ["run.Execute();", "run.OutputLabels(labels);"]);
        Member($"public void Classify({BatchParameters}, global::System.Span<int> labels)", $"Classify({BatchSpans}, labels)");
    }

    private void Training(Losses.Loss given)
    {
        string target = given.TakesLabels ? ", global::System.ReadOnlySpan<int> labels" : given.TakesTargets ? ", global::System.ReadOnlySpan<float> targets" : "";
        string batchTarget = given.TakesLabels ? ", global::System.ReadOnlySpan<int> labels" : given.TakesTargets ? ", OutputBatch targets" : "";
        string argument = given.TakesLabels ? ", labels" : given.TakesTargets ? ", targets" : "";
        string batchArgument = given.TakesLabels ? ", labels" : given.TakesTargets ? ", targets.Values" : "";
        string both = given.TakesLabels ? ", labels, default" : given.TakesTargets ? ", default, targets" : ", default, default";
        string setTarget = given.TakesLabels ? "run.Labels(labels);" : given.TakesTargets ? "run.Targets(targets);" : "";
        List<string> methods = ["Loss"];
        if (network.Optimizer is not null)
            methods.Add("TrainStep");
        foreach (string method in methods)
        {
            string signature = $"public float {method}({SpanParameters}{target})";
            if (throws || inputs.Count == 1)
            {
                Member(signature, $"Code.{method}(inputs{both})");
            }
            else
            {
                writer.Open(signature);
                writer.Line($"using global::Dsl.Runtime.ProgramRun run = Code.{(method == "Loss" ? "StartInference" : "StartTraining")}();");
                SetInputs();
                if (setTarget.Length > 0)
                    writer.Line(setTarget);
                writer.Line($"return run.{(method == "Loss" ? "ExecuteLoss" : "ExecuteTraining")}();");
                writer.Close();
            }

            Member($"public float {method}({BatchParameters}{batchTarget})", $"{method}({BatchSpans}{batchArgument})");
        }
    }

    private void Part(int part, Exposure exposure, bool onward)
    {
        Shape cut = exposure.Node < 0 ? Shape.Unknown : network.Nodes[exposure.Node].Shape;
        Shape main = network.OutputShape;
        string size = Literal.Int(cut.IsKnown ? cut.Count : 1);
        if (onward)
        {
            string signature = $"public void {exposure.Onward}(global::System.ReadOnlySpan<float> values, global::System.Span<float> outputs)";
            if (throws)
            {
                Member(signature, "");
                return;
            }

            writer.Open(signature);
            writer.Line("using global::Dsl.Runtime.ProgramRun run = Code.StartInference();");
            writer.Line($"run.PartInput(values, {size}, \"{exposure.Onward}\");");
            writer.Line($"run.ExecutePart({Literal.Int(part)}, {Literal.Int(main.Count)});");
            writer.Line($"run.PartOutput(outputs, {Literal.Int(main.Count)}, \"{exposure.Onward}\");");
            writer.Close();
            return;
        }

        Run($"public void {exposure.UpTo}({SpanParameters}, global::System.Span<float> values)", [$"run.ExecutePart({Literal.Int(part)}, {size});", $"run.PartOutput(values, {size}, \"{exposure.UpTo}\");"]);
    }
}
