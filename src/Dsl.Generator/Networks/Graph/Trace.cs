using System.Collections.Generic;
using System.Text;

namespace Dsl.Generator.Networks.Graph;

/// <summary>How a value came to its shape, from the input on: <c> (Input 1×8×8 → Conv2d1 16×8×8 → Flatten1 1024)</c>.</summary>
internal sealed class Trace(IReadOnlyList<Node> nodes, int last)
{
    private const int Longest = 12;
    private const int Head = 3;

    public override string ToString()
    {
        List<Node> path = [];
        for (int index = last; index >= 0; index = nodes[index].Inputs.Count == 0 ? -1 : nodes[index].Inputs[0])
            path.Add(nodes[index]);
        path.Reverse();
        StringBuilder text = new(" (");
        for (int i = 0; i < path.Count; i++)
        {
            if (path.Count > Longest && i == Head)
            {
                text.Append(" → …");
                i = path.Count - (Longest - Head);
            }

            text.Append(i == 0 ? "" : " → ").Append(path[i].Path).Append(' ').Append(path[i].Shape.ToString());
        }

        return text.Append(')').ToString();
    }
}
