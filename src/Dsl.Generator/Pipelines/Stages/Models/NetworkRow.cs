using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages.Models;

/// <summary>A network in <c>Predict</c>: one row to its inputs, and its outputs by what its loss makes of them.</summary>
internal sealed class NetworkRow(StageEmission emission, IReadOnlyList<Column> features)
{
    // What a row may take of the stack; larger networks take longer than an array.
    private const int MostOnStack = 4096;
    private const string Outputs = "global::Dsl.Pipelines.NetworkOutputs.";

    private readonly NetworkFacts network = emission.Stage.Network!;
    private readonly string own = emission.Code.Locals.Of(emission.Stage).TrimStart('@');

    private CodeWriter Writer => emission.Writer;

    public void Write()
    {
        List<string> inputs = [];
        for (int i = 0; i < features.Count; i++)
            inputs.Add(Input(features[i], network.Inputs[i], i));
        string given = string.Join(", ", inputs);
        string output = Room("Output", network.Outputs);
        string further = string.Concat(network.FurtherOutputs.Select(elements => ", " + Room("Further", elements)));
        Writer.Line($"{emission.Model}.Predict({given}, {output}{further});");
        WritePrediction(output);
        if (emission.Stage.Entry.Text("Code") is null)
            return;
        Column code = emission.Stage.Outputs[emission.Stage.Outputs.Count - 1];
        string values = Room("Code", network.Codes[0].Elements);
        Writer.Line($"{emission.Model}.{Literal.Name(network.Codes[0].Method)}({given}, {values});");
        Fill("ToDoubles", values, code);
    }

    private void WritePrediction(string output)
    {
        string probability = emission.Stage.Outputs.Count > 1 && network.HasProbabilities ? emission.DeclareDense(emission.Stage.Outputs[1]) : "default";
        switch (network.Loss)
        {
            case LossForm.CrossEntropy:
                emission.Declare(emission.Output, $"{Outputs}Classes({output}, {probability})");
                break;
            case LossForm.BinaryCrossEntropy when network.Outputs == 1:
                emission.Declare(emission.Output, $"{Outputs}Decision({output}[0], {probability})");
                break;
            case LossForm.Hinge:
                emission.Declare(emission.Output, $"{Outputs}Sign({output}[0])");
                break;
            case LossForm.Regression when network.Outputs == 1:
                emission.Declare(emission.Output, $"{output}[0]");
                break;
            case LossForm.BinaryCrossEntropy:
                Fill("Probabilities", output, emission.Output);
                break;
            case LossForm.KLDivergence:
                Fill("FromLogarithms", output, emission.Output);
                break;
            default:
                Fill("ToDoubles", output, emission.Output);
                break;
        }
    }

    private void Fill(string by, string output, Column column)
    {
        string span = emission.DeclareDense(column);
        Writer.Line($"{Outputs}{by}({output}, {span});");
    }

    private string Input(Column column, NetworkPort port, int ordinal)
    {
        if (column.Kind == ColumnKind.Ids)
            return emission.Value(column);
        if (column.Size <= 0)
        {
            string size = emission.IsDense(column) ? emission.Span(column) + ".Length" : emission.Vector(column) + ".Size";
            Writer.Line($"global::Dsl.Pipelines.RowColumns.CheckSize({Literal.Quoted(column.Name)}, {size}, {Literal.Int(port.Elements)});");
        }

        string local = Room("Input" + (features.Count > 1 ? Literal.Int(ordinal + 1) : ""), port.Elements);
        Writer.Line($"{Outputs}ToFloats({emission.Elements(column)}, {local});");
        return local;
    }

    private string Room(string what, long elements)
    {
        string local = emission.Code.Locals.Take(own + what);
        Writer.Line($"global::System.Span<float> {local} = {(elements <= MostOnStack ? "stackalloc" : "new")} float[{Literal.Int(elements)}];");
        return local;
    }
}
