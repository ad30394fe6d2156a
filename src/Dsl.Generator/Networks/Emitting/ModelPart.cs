using System;
using System.Collections.Generic;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>A part of the generated class. Each brings the names of its members with it, so that the rules on names (DSL110) know them.</summary>
/// <param name="Members">The members that every network gets from it; those that a declaration names itself are not here.</param>
/// <param name="Write">Writes it; of a wrong declaration members that throw.</param>
internal sealed record ModelPart(IReadOnlyList<string> Members, Action<ModelContext> Write);
