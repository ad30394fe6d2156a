using System.Collections.Generic;

namespace Dsl;

/// <summary>A column as tables and pictures show it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What is in it: <c>number</c>, <c>text</c>, <c>class number of 3</c>, <c>vector of 6</c>.</param>
public sealed record PipelineColumn(string Name, string Kind);

/// <summary>A stage or model of a fitted pipeline, as tables and pictures show it.</summary>
/// <param name="Name">Its name: <c>StandardScaler1</c>.</param>
/// <param name="Attribute">The attribute that declares it: <c>StandardScaler</c>.</param>
/// <param name="IsModel">It predicts.</param>
/// <param name="Inputs">The columns that it reads, labels and weights too.</param>
/// <param name="Outputs">The columns that it makes; of one that changes columns in place, these.</param>
/// <param name="Learned">What it learnt, in a line; null where it learns nothing.</param>
public sealed record PipelineStage(string Name, string Attribute, bool IsModel, IReadOnlyList<string> Inputs, IReadOnlyList<PipelineColumn> Outputs, string? Learned);
