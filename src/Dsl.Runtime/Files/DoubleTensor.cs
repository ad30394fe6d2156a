namespace Dsl.Runtime;

/// <summary>A named tensor of doubles: what classical models have learnt.</summary>
/// <param name="Name">The name in the file, for example <c>StandardScaler1.mean</c>.</param>
/// <param name="Shape">The dimensions; empty for a single number.</param>
/// <param name="Values">The values, row-major.</param>
internal sealed record DoubleTensor(string Name, int[] Shape, double[] Values);
