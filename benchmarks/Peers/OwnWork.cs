using System;

namespace Dsl.Benchmarks.Peers;

/// <summary>Our side of a row: made anew for each measurement, so that weights and optimizer state start as the peer's do.</summary>
/// <param name="Step">One iteration.</param>
/// <param name="Release">Gives its memory back.</param>
internal sealed record OwnWork(Action Step, Action Release);
