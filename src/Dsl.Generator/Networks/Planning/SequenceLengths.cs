using System.Collections.Generic;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Planning;

/// <summary>Of a batch of sequences of unequal length: how many steps of each sample are its own.</summary>
/// <param name="Storage">The lengths: int32, one a sample.</param>
/// <param name="Input">The input of ids from which they follow.</param>
/// <param name="Maps">What convolutions and pools on the way have made of them, in order; the host follows them where it counts labels.</param>
internal sealed record SequenceLengths(Storage Storage, int Input, IReadOnlyList<LengthMap> Maps);
