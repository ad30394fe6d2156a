using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>Prints the nested program: the straight-line code of every pass, its constants, and the table that the runtime reads.</summary>
internal sealed class ProgramEmitter(CodeWriter writer, Program program, MemberNames names)
{
    /// <summary>A private class of a name that nothing else has; a wrong declaration has none.</summary>
    public static ModelPart Part { get; } = new([], context =>
    {
        if (context.Program is { } program)
            new ProgramEmitter(context.Writer, program, context.Names).Write();
    });

    private readonly Network network = program.Network;
    private readonly ConstantFields constants = new();

    // Entry points share stages.
    private readonly HashSet<Stage> printed = [];

    private void Write()
    {
        StageWriter stages = new(writer, constants, program);
        CollectConstants();
        writer.Open($"private sealed class {names.Program}<TBackend> : global::Dsl.Runtime.NetworkProgram<TBackend> where TBackend : struct, global::Dsl.Runtime.IBackend");
        writer.Line($"public {names.Program}() : base(Table) {{ }}");
        writer.Line();
        stages.Method("protected override void", "Prepare", hasContext: false, program.Preparation.Operations);
        writer.Line();
        Run();
        for (int i = 0; i < program.EntryPoints.Count; i++)
            Method(stages, i);
        if (program.Schedule is { } schedule)
            Schedule(schedule);
        new OnnxWriter(writer).Write(OnnxGraph.Of(network));
        constants.Write(writer);
        writer.Line();
        Table();
        writer.Close();
    }

    /// <summary>Names the constants in the order of the entry points, so that a field is called after the first layer that has it.</summary>
    private void CollectConstants()
    {
        HashSet<Stage> collected = [];
        foreach (EntryPoint entry in program.EntryPoints)
        {
            foreach (Stage stage in entry.Stages)
            {
                if (collected.Add(stage))
                    CollectConstants(stage);
            }
        }
    }

    private void CollectConstants(Stage stage)
    {
        foreach (Operation operation in stage.Operations)
        {
            Operand[] operands = operation.Operands;
            for (int i = 0; i < operands.Length; i++)
            {
                if (operands[i].Name is { } name)
                    constants.Of(operands[i].Constant!, name);
            }
        }
    }

    /// <summary>The method of an entry point.</summary>
    private string MethodOf(int entry) => program.EntryPoints[entry].Kind switch
    {
        EntryKind.Predict => "Infer",
        EntryKind.Part => "InferPart" + Literal.Int(program.EntryPoints.Take(entry).Count(one => one.Kind == EntryKind.Part)),
        EntryKind.Step => "InferStep",
        EntryKind.Prompt => "InferPrompt",
        EntryKind.Next => "InferNext",
        EntryKind.Loss => "InferLoss",
        EntryKind.Probabilities => "OutputProbabilities",
        EntryKind.TrainStep => "Train",
        EntryKind.Gradients => "ComputeGradients",
        EntryKind.GradientsFrom => "ComputeGradientsFrom",
        _ => "ApplyGradients",
    };

    private void Run()
    {
        writer.Open("protected override void Run(global::Dsl.Runtime.StepContext context, int entry)");
        writer.Open("switch (entry)");
        for (int i = 0; i < program.EntryPoints.Count; i++)
            writer.Line($"case {i}: {MethodOf(i)}(context); break;");
        writer.Close();
        writer.Close();
        writer.Line();
    }

    private void Method(StageWriter stages, int index)
    {
        EntryPoint entry = program.EntryPoints[index];
        string method = MethodOf(index);
        if (entry.Kind == EntryKind.Part)
            writer.Line($"// {entry.Name}");
        if (entry.Pass.Stages.Count == 1)
        {
            stages.Method("private void", method, hasContext: true, entry.Pass.Stages[0].Operations);
            writer.Line();
            return;
        }

        writer.Open($"private void {method}(global::Dsl.Runtime.StepContext context)");
        foreach (Stage stage in entry.Stages)
        {
            if (stage.Operations.Count > 0)
                writer.Line($"{stage.Name}(context);");
        }

        writer.Close();
        writer.Line();
        foreach (Stage stage in entry.Stages)
        {
            if (stage.Operations.Count == 0 || !printed.Add(stage))
                continue;
            stages.Method("private void", stage.Name, hasContext: true, stage.Operations);
            writer.Line();
        }
    }

    private void Schedule(ScheduleCall schedule)
    {
        IEnumerable<string> arguments = schedule.Arguments.Select(argument => argument.Value switch
        {
            ScheduleValue.BaseRate => "baseRate",
            ScheduleValue.Step => "step",
            ScheduleValue.TotalSteps => "totalSteps",
            ScheduleValue.StepsPerEpoch => "stepsPerEpoch",
            ScheduleValue.Whole => Literal.Int((long)argument.Number),
            _ => Literal.Double(argument.Number),
        });
        writer.Line("protected override double ScheduledRate(double baseRate, long step, long totalSteps, int stepsPerEpoch) =>");
        writer.Line($"    global::Dsl.Runtime.Schedule.{schedule.Function}({string.Join(", ", arguments)});");
        writer.Line();
    }

    private void Table()
    {
        TableList parameters = new("Parameters", "global::Dsl.Runtime.ParameterInfo", program.Parameters.All.Count, i => Parameter(program.Parameters.All[i]));
        TableList rows = new("Rows", "global::Dsl.Runtime.LayerRow", network.Nodes.Count, i => Row(network.Nodes[i]));
        writer.Line("private static global::Dsl.Runtime.ProgramInfo Table { get; } = new()");
        writer.Line("{");
        Entry("Name", Literal.Text(network.Declaration.Name));
        Entry("Inputs", Ports(program.Inputs));
        Entry("Outputs", Ports(program.Outputs));
        parameters.Entry(writer);
        Entry("ParameterFloats", program.Parameters.Floats);
        Entry("TrainableFloats", program.Parameters.TrainedFloats);
        Entry("PreparedFloats", program.PreparedFloats);
        writer.Line("    EntryPoints = new global::Dsl.Runtime.EntryPointInfo[]");
        writer.Line("    {");
        foreach (EntryPoint entry in program.EntryPoints)
            writer.Line($"        new({Literal.Text(entry.Name)}, global::Dsl.Runtime.EntryKind.{entry.Kind}, {entry.Pass.FixedFloats}, {entry.Pass.SampleFloats}{OwnPorts(entry)}){Further(entry)},");
        writer.Line("    },");
        if (program.Target is { } target)
        {
            Entry("HasLoss", "true");
            Entry("Target", "global::Dsl.Runtime.TargetKind." + target.Kind);
            Entry("TargetSize", target.Size);
            if (target.Classes > 0)
                Entry("Classes", target.Classes);
            if (target.Ignored is { } ignored)
                Entry("IgnoredLabel", ignored);
            if (target.LowestLabel != 0)
                Entry("LowestLabel", target.LowestLabel);
            if (target.LabelStep != 1)
                Entry("LabelStep", target.LabelStep);
            if (program.TargetLengths is { } lengths)
            {
                IEnumerable<string> maps = lengths.Maps.Select(map =>
                    $", new global::Dsl.Runtime.LengthMap({Literal.Int(map.Kernel)}, {Literal.Int(map.Stride)}, {Literal.Int(map.Padding)}, {Literal.Int(map.Dilation)})");
                Entry("TargetLengths", $"new({Literal.Int(lengths.Input)}, {Literal.Int(network.Nodes[network.Inputs[lengths.Input]].Ids.Padding)}, {Literal.Int(target.Size / network.OutputShape[0])}{string.Concat(maps)})");
            }

            if (target.Meaning != TargetMeaning.Other)
                Entry("TargetMeaning", "global::Dsl.Runtime.TargetMeaning." + target.Meaning);
        }

        if (program.WhyNoInputGradients is { } why)
            Entry("WhyNoInputGradients", Literal.Text(why));
        if (program.Optimizer is { } optimizer)
        {
            Entry("Optimizer", Literal.Text(optimizer.Name));
            if (optimizer.State.Count > 0)
                Entry("OptimizerState", $"new string[] {{ {string.Join(", ", optimizer.State.Select(Literal.Text))} }}");
            Entry("LearningRate", Literal.Double(optimizer.LearningRate));
        }

        if (program.WhyTwoSamples is { } reason)
        {
            Entry("MinimumTrainingBatch", "2");
            Entry("MinimumTrainingBatchReason", Literal.Text(reason));
        }

        Entry("ParameterCount", network.ParameterCount);
        Entry("FlopsPerSample", network.Operations);
        rows.Entry(writer);
        writer.Line("};");
        parameters.Methods(writer);
        rows.Methods(writer);
    }

    private void Parameter(PlacedParameter parameter)
    {
        Initialisation start = parameter.Spec.Initialisation;
        writer.Append($"new({Literal.Text(parameter.Name)}, {parameter.Offset}, {Literal.Bool(parameter.IsTrained)}, global::Dsl.Runtime.ParameterStart.{start.Kind.ToString()}, {Literal.Double(start.Value)}");
        for (int i = 0; i < parameter.Spec.Shape.Rank; i++)
            writer.Append(", ").Append(parameter.Spec.Shape[i]);
        writer.Append(")");
        if (start.ZeroRow >= 0)
            writer.Append($" {{ ZeroRow = {start.ZeroRow} }}");
        if (start.Own is not { } layer)
            return;
        writer.Append(" { Own = ");
        ConstantText.WriteInitializer(writer, layer);
        writer.Append(" }");
    }

    /// <summary>A line of the layer table: behind its counts the lines that it reads, and the names of the outputs that it gives.</summary>
    private void Row(Node node)
    {
        writer.Append($"new({Literal.Text(node.Path)}, {Literal.Text(node.Layer.Name)}, \"{node.Shape.ToString()}\", {node.ParameterCount}, {node.Operations}");
        foreach (int input in node.Inputs)
            writer.Append(", ").Append(input);
        writer.Append(")");
        int given = 0;
        if (node.Index == network.Main)
            Give(program.Outputs[0].Name);
        foreach (NetworkOutput output in network.Outputs)
        {
            if (output.Node == node.Index)
                Give(output.Name);
        }

        if (given > 0)
            writer.Append(" } }");

        void Give(string output) => writer.Append(given++ == 0 ? " { Outputs = new string[] { " : ", ").Append(Literal.Text(output));
    }

    /// <summary>What an entry point reads or gives in place of the network's own.</summary>
    private string OwnPorts(EntryPoint entry)
    {
        string inputs = ReferenceEquals(entry.Inputs, program.Inputs) ? "" : ", inputs: " + Ports(entry.Inputs);
        string outputs = ReferenceEquals(entry.Outputs, program.Outputs) ? "" : ", outputs: " + Ports(entry.Outputs);
        return inputs + outputs;
    }

    /// <summary>What only some entry points have: memory for int32 and for gradients at the inputs, state.</summary>
    private static string Further(EntryPoint entry)
    {
        List<string> further = [];
        if (entry.Kind is EntryKind.Gradients or EntryKind.GradientsFrom)
        {
            if (entry.Pass.FixedFloatsWithInputs > entry.Pass.FixedFloats)
                further.Add("FixedFloatsWithInputs = " + Literal.Int(entry.Pass.FixedFloatsWithInputs));
            if (entry.Pass.SampleFloatsWithInputs > entry.Pass.SampleFloats)
                further.Add("SampleFloatsWithInputs = " + Literal.Int(entry.Pass.SampleFloatsWithInputs));
        }

        if (entry.IncludesForward)
            further.Add("IncludesForward = true");
        if (entry.Pass.FixedInts > 0)
            further.Add("FixedInts = " + Literal.Int(entry.Pass.FixedInts));
        if (entry.Pass.SampleInts > 0)
            further.Add("SampleInts = " + Literal.Int(entry.Pass.SampleInts));
        if (entry.Carried.Count > 0)
        {
            IEnumerable<string> pairs = entry.Carried.Select(carry => $"new({Literal.Int(carry.Input)}, {Literal.Int(carry.Output)})");
            further.Add($"Carried = new global::Dsl.Runtime.CarryInfo[] {{ {string.Join(", ", pairs)} }}");
        }

        if (entry.Kept.Count > 0)
            further.Add("Kept = " + Ports(entry.Kept));
        if (entry.Context > 0)
            further.Add("Context = " + Literal.Int(entry.Context));
        return further.Count == 0 ? "" : $" {{ {string.Join(", ", further)} }}";
    }

    private void Entry(string name, string value) => writer.Line($"    {name} = {value},");

    private void Entry(string name, long value) => writer.Line($"    {name} = {value},");

    private static string Ports(IEnumerable<ProgramPort> ports) => $"new global::Dsl.Runtime.PortInfo[] {{ {string.Join(", ", ports.Select(TextOf))} }}";

    private static string TextOf(ProgramPort port)
    {
        string text = $"new({Literal.Text(port.Name)}, {string.Join(", ", port.Shape.ToArray())})";
        return port.Element == ElementType.Float32
            ? text
            : $"{text} {{ Element = global::Dsl.Runtime.ElementType.{port.Element}, Vocabulary = {Literal.Int(port.Vocabulary)} }}";
    }
}
