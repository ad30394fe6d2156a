namespace Dsl.Generator.Networks.Graph;

/// <summary>What ids a value has.</summary>
/// <param name="Vocabulary">They run from 0 to one below; 0 where the value is no ids.</param>
/// <param name="Padding">The id of padding; -1 where there is none.</param>
internal readonly record struct IdRange(int Vocabulary, int Padding);
