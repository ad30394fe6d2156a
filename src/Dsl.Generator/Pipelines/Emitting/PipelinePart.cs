using System;
using System.Collections.Generic;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>A part of the generated class. Each brings the names of its members with it, so that the rules on names (DSL110) know them.</summary>
/// <param name="Members">The members that every pipeline gets from it; those that a declaration names itself are not here.</param>
/// <param name="Write">Writes it; of a wrong declaration members that throw.</param>
internal sealed record PipelinePart(IReadOnlyList<string> Members, Action<PipelineContext> Write);
