using System;

namespace Dsl.Runtime;

/// <content>Recurrent layers.</content>
public sealed partial class OnnxGraph
{
    /// <summary>
    /// Stacked recurrent layers. ONNX has the steps before the batch, both directions in one tensor, and other gates first: its weights are constants of their own,
    /// <c>LSTM1/W_l0</c> and so on, made of ours.
    /// </summary>
    /// <param name="operation"><c>RNN</c>, <c>LSTM</c> or <c>GRU</c>.</param>
    /// <param name="output">Its value, batch × steps × (hidden of each direction), and what its parameters are called by.</param>
    /// <param name="x">batch × steps × features.</param>
    /// <param name="layers">How many are stacked.</param>
    /// <param name="isBidirectional">Each goes both ways.</param>
    /// <param name="lengths">How many steps of each sample are its own, batch × 1; null: all.</param>
    public void Recurrent(string operation, string output, string x, int layers, bool isBidirectional, string? lengths)
    {
        // Ours by number (PyTorch: LSTM i, f, g, o; GRU r, z, n) in ONNX's order: i, o, f, c and z, r, h.
        int[] gates = operation switch { "LSTM" => [0, 3, 1, 2], "GRU" => [1, 0, 2], _ => [0] };
        int hidden = parameters[output + ".weight_hh_l0"].Shape[1];
        string ofSequence = "";
        if (lengths is not null)
        {
            ofSequence = lengths + "/OfSequence";
            if (!known.Contains(ofSequence))
                Node("Squeeze", ofSequence, lengths, Int64s(1));
        }

        Node("Transpose", output + "/StepsFirst", x).Ints("perm", 1, 0, 2);
        string at = output + "/StepsFirst";
        for (int layer = 0; layer < layers; layer++)
        {
            string own = $"_l{layer}";
            string y = output + "/Y" + own;
            OnnxNode node = Node(
                operation,
                y,
                at,
                Packed(output + "/W" + own, gates, hidden, isBidirectional, [output + ".weight_ih" + own]),
                Packed(output + "/R" + own, gates, hidden, isBidirectional, [output + ".weight_hh" + own]),
                Packed(output + "/B" + own, gates, hidden, isBidirectional, [output + ".bias_ih" + own, output + ".bias_hh" + own]),
                ofSequence);
            node.Int("hidden_size", hidden).Text("direction", isBidirectional ? "bidirectional" : "forward");
            if (operation == "GRU")
                node.Int("linear_before_reset", 1);
            at = y + "/Joined";
            if (isBidirectional)
            {
                Node("Transpose", y + "/ByStep", y).Ints("perm", 0, 2, 1, 3);
                Node("Reshape", at, y + "/ByStep", Int64s(0, 0, 2 * hidden));
            }
            else
            {
                Node("Squeeze", at, y, Int64s(1));
            }
        }

        Node("Transpose", output, at).Ints("perm", 1, 0, 2);
    }

    /// <summary>Parameters of the directions of one layer as ONNX lays them out: direction × (of each parameter the rows of the gates) × columns.</summary>
    private string Packed(string name, int[] gates, int hidden, bool isBidirectional, ReadOnlySpan<string> ofForward)
    {
        int directions = isBidirectional ? 2 : 1;
        ReadOnlySpan<int> shape = parameters[ofForward[0]].Shape;
        int columns = shape.Length == 1 ? 1 : shape[1];
        int perGate = hidden * columns;
        float[] packed = new float[checked(directions * ofForward.Length * gates.Length * perGate)];
        int at = 0;
        for (int direction = 0; direction < directions; direction++)
        {
            foreach (string parameter in ofForward)
            {
                ReadOnlySpan<float> values = parameters[direction == 0 ? parameter : parameter + "_reverse"].ReadValues;
                foreach (int gate in gates)
                {
                    values.Slice(gate * perGate, perGate).CopyTo(packed.AsSpan(at));
                    at += perGate;
                }
            }
        }

        int rows = ofForward.Length * gates.Length * hidden;
        return Floats(name, shape.Length == 1 ? [directions, rows] : [directions, rows, columns], packed);
    }
}
