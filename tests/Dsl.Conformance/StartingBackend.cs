using Dsl.Runtime;

namespace Dsl.Conformance;

/// <summary>
/// The reference backend with nothing that can be made of other operations: what <see cref="IComposingBackend{TSelf}"/> adds is held to the conformance suite by it.
/// </summary>
[Forwards<ReferenceBackend>]
public readonly partial struct StartingBackend : IComposingBackend<StartingBackend>;
