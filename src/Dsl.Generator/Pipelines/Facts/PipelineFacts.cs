using Dsl.Generator.Declaring;

namespace Dsl.Generator.Pipelines.Facts;

/// <summary>What a pipeline looks at besides its attributes, as plain values.</summary>
/// <param name="Row">The row type; null where C# does not find it.</param>
/// <param name="IsHidden">The pipeline's class can be seen within other types alone.</param>
/// <param name="Methods">Those that <c>Map</c> and <c>Where</c> name and the class has, by name.</param>
/// <param name="Networks">The classes that <c>Network</c> names, each once.</param>
internal sealed record PipelineFacts(RowType? Row, bool IsHidden, EquatableArray<RowMethod> Methods, EquatableArray<NetworkFacts> Networks)
{
    /// <summary>The row type cannot be seen, where the pipeline's class can: no member of that could name it.</summary>
    public bool IsRowHidden => Row is { Access: < MemberAccess.Internal };

    /// <summary>The method of a name, or null.</summary>
    public RowMethod? Method(string name)
    {
        foreach (RowMethod method in Methods)
        {
            if (method.Name == name)
                return method;
        }

        return null;
    }

    /// <summary>The network that an attribute names, or null.</summary>
    public NetworkFacts? Network(Entry entry)
    {
        foreach (NetworkFacts network in Networks)
        {
            if (network.CSharp == entry.TypeArgument)
                return network;
        }

        return null;
    }
}
