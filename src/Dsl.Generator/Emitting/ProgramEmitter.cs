using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Emitting;

/// <summary>Prints the nested program: the straight-line code of every pass, its constants, and the table that the runtime reads.</summary>
internal sealed class ProgramEmitter(CodeWriter writer, NetworkCode code, MemberNames names)
{
    private readonly Network network = code.Network;

    public void Write()
    {
        StageWriter stages = new(writer, code);
        writer.Open($"private sealed class {names.Program}<TBackend> : global::Dsl.Runtime.NetworkProgram<TBackend> where TBackend : struct, global::Dsl.Runtime.IBackend");
        writer.Line($"public {names.Program}() : base(Table) {{ }}");
        writer.Line();
        stages.Method("protected override void", "Prepare", hasContext: false, code.Preparation);
        writer.Line();
        stages.Method("protected override void", "Infer", hasContext: true, code.Inference.Stages[0].Operations);
        writer.Line();
        Parts(stages);
        if (code.InferenceLoss is { } inferenceLoss)
        {
            stages.Method("protected override void", "InferLoss", hasContext: true, inferenceLoss.Stages[0].Operations);
            writer.Line();
        }

        if (code.Loss?.ProbabilityOperation(network) is { } probability)
        {
            writer.Open("protected override void OutputProbabilities(global::Dsl.Runtime.StepContext context)");
            writer.Line(probability);
            writer.Close();
            writer.Line();
        }

        if (code.Training is { } training)
            Training(stages, training);
        foreach ((string type, string name, string initializer) in code.Fields)
            writer.Line($"private readonly {type} {name} = {initializer};");
        writer.Line();
        Table();
        writer.Close();
    }

    private void Parts(StageWriter stages)
    {
        if (code.Parts.Count == 0)
            return;
        writer.Open("protected override void InferPart(global::Dsl.Runtime.StepContext context, int part)");
        writer.Open("switch (part)");
        for (int i = 0; i < code.Parts.Count; i++)
            writer.Line($"case {Literal.Int(i)}: InferPart{Literal.Int(i)}(context); break;");
        writer.Close();
        writer.Close();
        writer.Line();
        for (int i = 0; i < code.Parts.Count; i++)
        {
            writer.Line("// " + code.Parts[i].Name);
            stages.Method("private void", "InferPart" + Literal.Int(i), hasContext: true, code.Parts[i].Pass.Stages[0].Operations);
            writer.Line();
        }
    }

    private void Training(StageWriter stages, Pass training)
    {
        writer.Open("protected override void Train(global::Dsl.Runtime.StepContext context)");
        foreach ((string name, List<Operation> operations) in training.Stages)
        {
            if (operations.Count > 0)
                writer.Line(name + "(context);");
        }

        writer.Close();
        writer.Line();
        foreach ((string name, List<Operation> operations) in training.Stages)
        {
            if (operations.Count == 0)
                continue;
            stages.Method("private void", name, hasContext: true, operations);
            writer.Line();
        }

        if (network.Schedule?.Construct is Schedules.Schedule schedule)
        {
            writer.Line("protected override double ScheduledRate(double baseRate, long step, long totalSteps, int stepsPerEpoch) =>");
            writer.Line($"    global::Dsl.Runtime.Schedule.{schedule.RateCall(network.Schedule)};");
            writer.Line();
        }
    }

    private void Table()
    {
        writer.Line("private static global::Dsl.Runtime.ProgramInfo Table { get; } = new()");
        writer.Line("{");
        Entry("Name", Literal.Text(network.Declaration.Name));
        Entry("Inputs", Ports(network.Inputs.Select(index => (network.Nodes[index].Name, network.Nodes[index].Shape))));
        List<(string, Shape)> outputs = [(network.Nodes[network.Main].Name, network.OutputShape)];
        outputs.AddRange(network.Outputs.Select(output => (output.Name, network.Nodes[output.Node].Shape)));
        Entry("Outputs", Ports(outputs));
        writer.Line("    Parameters = new global::Dsl.Runtime.ParameterInfo[]");
        writer.Line("    {");
        foreach (PlacedParameter parameter in code.Parameters)
        {
            Initialisation start = parameter.Spec.Initialisation;
            writer.Line($"        new({Literal.Text(parameter.Name)}, {Literal.Int(parameter.Offset)}, {Literal.Bool(parameter.IsTrained)}, global::Dsl.Runtime.ParameterStart.{start.Kind}, {Literal.Double(start.Value)}, {string.Join(", ", parameter.Spec.Shape.ToArray())}),");
        }

        writer.Line("    },");
        Entry("ParameterFloats", Literal.Int(code.ParameterFloats));
        Entry("TrainableFloats", Literal.Int(code.TrainedFloats));
        Entry("PreparedFloats", Literal.Int(code.PreparedFloats));
        List<Pass> inference = [code.Inference, .. code.Parts.Select(part => part.Pass)];
        if (code.InferenceLoss is { } loss)
            inference.Add(loss);
        Entry("InferenceFixedFloats", Literal.Int(inference.Max(pass => pass.FixedFloats)));
        Entry("InferenceSampleFloats", Literal.Int(inference.Max(pass => pass.SampleFloats)));
        if (code.Training is { } training)
        {
            Entry("TrainingFixedFloats", Literal.Int(training.FixedFloats));
            Entry("TrainingSampleFloats", Literal.Int(training.SampleFloats));
        }

        if (code.Loss is { } given)
        {
            Entry("HasLoss", "true");
            Entry("Target", given.TakesLabels ? "global::Dsl.Runtime.TargetKind.Labels" : given.TakesTargets ? "global::Dsl.Runtime.TargetKind.Values" : "global::Dsl.Runtime.TargetKind.None");
            Entry("TargetSize", Literal.Int(given.TargetSize(network)));
            foreach ((string name, string value) in given.Table(network))
                Entry(name, value);
        }

        if (network.Optimizer is { } optimizer)
        {
            var rule = (Optimizers.Optimizer)optimizer.Construct;
            Entry("Optimizer", Literal.Text(rule.Name));
            if (rule.State(optimizer) is { Length: > 0 } state)
                Entry("OptimizerState", $"new string[] {{ {string.Join(", ", state.Select(Literal.Text))} }}");
            Entry("LearningRate", Literal.Double(rule.LearningRate(network)));
        }

        if (network.Nodes.FirstOrDefault(node => node.IsTrainable && node.Layer.NeedsTwoSamples(node)) is { } norm)
        {
            Entry("MinimumTrainingBatch", "2");
            Entry("BatchNormName", Literal.Text(norm.Path));
        }

        Entry("ParameterCount", Literal.Int(network.ParameterCount));
        Entry("FlopsPerSample", Literal.Int(network.Operations));
        writer.Line("    Rows = new global::Dsl.Runtime.LayerRow[]");
        writer.Line("    {");
        foreach (Node node in network.Nodes)
            writer.Line($"        new({Literal.Text(node.Path)}, {Literal.Text(node.Layer.Name)}, \"{node.Shape}\", {Literal.Int(node.ParameterCount)}, {Literal.Int(node.Operations)}),");
        writer.Line("    },");
        writer.Line("};");
    }

    private void Entry(string name, string value) => writer.Line($"    {name} = {value},");

    private static string Ports(IEnumerable<(string Name, Shape Shape)> ports) =>
        $"new global::Dsl.Runtime.PortInfo[] {{ {string.Join(", ", ports.Select(port => $"new({Literal.Text(port.Name)}, {string.Join(", ", port.Shape.ToArray())})"))} }}";
}
