using System.Collections.Generic;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>What the parts of one generated class know.</summary>
/// <param name="Writer">Takes the text.</param>
/// <param name="Network">The network, right or wrong.</param>
/// <param name="Program">Its program; null of a wrong one.</param>
/// <param name="Names">Which members can be written, and names for what is the generated code's own.</param>
internal sealed record ModelContext(CodeWriter Writer, Network Network, Program? Program, MemberNames Names)
{
    /// <summary>Inputs, then outputs.</summary>
    public List<Port> Ports { get; } = [.. Names.Inputs, .. Names.Outputs];

    /// <summary>The loss, or null.</summary>
    public Loss? Loss => Network.Loss?.Construct as Loss;

    /// <summary>Every member throws.</summary>
    public bool Throws => Program is null;
}
