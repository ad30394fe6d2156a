namespace Dsl.Runtime;

/// <summary>What makes the random numbers of one dropout layer in one step: the same key gives the same mask on any backend and any number of threads.</summary>
/// <param name="Seed">The network's seed.</param>
/// <param name="Layer">The layer's number in its network.</param>
/// <param name="Step">The training step.</param>
public readonly record struct DropoutKey(ulong Seed, uint Layer, long Step);
