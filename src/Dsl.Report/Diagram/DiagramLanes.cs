using System.Collections.Generic;
using System.Linq;

namespace Dsl.Report;

/// <summary>A line of a diagram: from a stage to one that reads it.</summary>
/// <param name="From">The stage that is read.</param>
/// <param name="To">The stage that reads.</param>
/// <param name="Lane">The lane in which it goes down between them.</param>
internal readonly record struct DiagramEdge(int From, int To, int Lane);

/// <summary>
/// Where stages stand that follow each other downwards, one a row. What the next stage reads goes straight down to it; what later ones read as well waits in a lane beside, so that the main line
/// stays straight and skips pass it by.
/// </summary>
internal sealed class DiagramLanes
{
    private const int Free = -1;

    private readonly IReadOnlyList<DiagramStage> stages;
    private readonly int[] laneOf;
    private readonly int[] sideOf;
    private readonly List<DiagramEdge> edges = [];

    /// <summary>The stage whose value waits in each lane.</summary>
    private readonly List<int> waiting = [];

    /// <summary>Lays stages out.</summary>
    public DiagramLanes(IReadOnlyList<DiagramStage> stages)
    {
        this.stages = stages;
        laneOf = new int[stages.Count];
        sideOf = [.. Enumerable.Repeat(Free, stages.Count)];
        for (int i = 0; i < stages.Count; i++)
            Place(i);
    }

    /// <summary>How many lanes there are.</summary>
    public int Count => waiting.Count;

    /// <summary>The lane of each stage.</summary>
    public IReadOnlyList<int> LaneOf => laneOf;

    /// <summary>The lines.</summary>
    public IReadOnlyList<DiagramEdge> Edges => edges;

    private void Place(int stage)
    {
        bool follows = stages[stage].Inputs.Contains(stage - 1);
        if (follows)
            edges.Add(new DiagramEdge(stage - 1, stage, laneOf[stage - 1]));

        // What is read here for the last time leaves its lane.
        int[] read = [.. stages[stage].Inputs.Distinct().Where(input => input != stage - 1)];
        edges.AddRange(read.Select(input => new DiagramEdge(input, stage, sideOf[input])));
        int[] ended = [.. read.Where(input => stages[input].Readers[^1] == stage)];
        foreach (int input in ended)
            waiting[sideOf[input]] = Free;

        int lane = follows ? laneOf[stage - 1] : ended.Length > 0 ? ended.Min(input => sideOf[input]) : FreeLane();
        laneOf[stage] = lane;
        bool isReadNext = stages[stage].Readers.Contains(stage + 1);
        bool isReadLater = stages[stage].Readers.Count > (isReadNext ? 1 : 0);
        if (isReadNext && isReadLater)
        {
            Take(lane, stage);
            sideOf[stage] = FreeLane();
            waiting[lane] = Free;
            Take(sideOf[stage], stage);
        }
        else
        {
            sideOf[stage] = lane;
            Take(lane, isReadLater ? stage : Free);
        }
    }

    private int FreeLane()
    {
        int lane = waiting.IndexOf(Free);
        if (lane >= 0)
            return lane;
        waiting.Add(Free);
        return waiting.Count - 1;
    }

    private void Take(int lane, int stage)
    {
        while (waiting.Count <= lane)
            waiting.Add(Free);
        waiting[lane] = stage;
    }
}
