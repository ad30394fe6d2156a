using System.Linq;
using Dsl.Spark.Protocol;
using Frame = Dsl.Spark.Protocol.Expression.Types.Window.Types.WindowFrame;

namespace Dsl.Spark.Sql;

/// <summary>Starts the description of windows: which rows a function looks at beside its own.</summary>
public static class Window
{
    /// <summary>The first row of the partition.</summary>
    public const long UnboundedPreceding = long.MinValue;

    /// <summary>The last row of the partition.</summary>
    public const long UnboundedFollowing = long.MaxValue;

    /// <summary>The row itself.</summary>
    public const long CurrentRow = 0;

    /// <summary>Rows that are equal here.</summary>
    /// <param name="columns">The columns.</param>
    public static WindowSpec PartitionBy(params Column[] columns) => new WindowSpec().PartitionBy(columns);

    /// <inheritdoc cref="PartitionBy(Column[])"/>
    /// <param name="columnNames">Names of columns.</param>
    public static WindowSpec PartitionBy(params string[] columnNames) => new WindowSpec().PartitionBy(columnNames);

    /// <summary>All rows, in an order.</summary>
    /// <param name="columns">The columns, rising unless they say otherwise.</param>
    public static WindowSpec OrderBy(params Column[] columns) => new WindowSpec().OrderBy(columns);

    /// <inheritdoc cref="OrderBy(Column[])"/>
    /// <param name="columnNames">Names of columns.</param>
    public static WindowSpec OrderBy(params string[] columnNames) => new WindowSpec().OrderBy(columnNames);

    /// <summary>Rows by their distance in rows.</summary>
    /// <param name="start">The first; negative before the row itself.</param>
    /// <param name="end">The last.</param>
    public static WindowSpec RowsBetween(long start, long end) => new WindowSpec().RowsBetween(start, end);

    /// <summary>Rows by the distance of what they are ordered by.</summary>
    /// <param name="start">The least distance; negative for lesser values.</param>
    /// <param name="end">The greatest.</param>
    public static WindowSpec RangeBetween(long start, long end) => new WindowSpec().RangeBetween(start, end);
}

/// <summary>A window: for <see cref="Column.Over"/>.</summary>
public sealed class WindowSpec
{
    private readonly Column[] partition;
    private readonly Column[] order;
    private readonly Frame? frame;

    internal WindowSpec()
        : this([], [], null)
    {
    }

    private WindowSpec(Column[] partition, Column[] order, Frame? frame)
    {
        this.partition = partition;
        this.order = order;
        this.frame = frame;
    }

    /// <summary>Rows that are equal here.</summary>
    /// <param name="columns">The columns.</param>
    public WindowSpec PartitionBy(params Column[] columns) => new(columns, order, frame);

    /// <inheritdoc cref="PartitionBy(Column[])"/>
    /// <param name="columnNames">Names of columns.</param>
    public WindowSpec PartitionBy(params string[] columnNames) => PartitionBy([.. columnNames.Select(Functions.Col)]);

    /// <summary>The order within a partition.</summary>
    /// <param name="columns">The columns, rising unless they say otherwise.</param>
    public WindowSpec OrderBy(params Column[] columns) => new(partition, columns, frame);

    /// <inheritdoc cref="OrderBy(Column[])"/>
    /// <param name="columnNames">Names of columns.</param>
    public WindowSpec OrderBy(params string[] columnNames) => OrderBy([.. columnNames.Select(Functions.Col)]);

    /// <inheritdoc cref="Window.RowsBetween"/>
    public WindowSpec RowsBetween(long start, long end) => new(partition, order, Between(Frame.Types.FrameType.Row, start, end));

    /// <inheritdoc cref="Window.RangeBetween"/>
    public WindowSpec RangeBetween(long start, long end) => new(partition, order, Between(Frame.Types.FrameType.Range, start, end));

    internal Expression Over(PlanContext context, Column function)
    {
        Expression.Types.Window window = new() { WindowFunction = context.Build(function), FrameSpec = frame };
        window.PartitionSpec.AddRange(context.Build(partition));
        window.OrderSpec.AddRange(order.Select(one => one.BuildOrder(context)));
        return new Expression { Window = window };
    }

    private static Frame Between(Frame.Types.FrameType type, long start, long end) => new()
    {
        FrameType = type,
        Lower = Boundary(type, start),
        Upper = Boundary(type, end),
    };

    private static Frame.Types.FrameBoundary Boundary(Frame.Types.FrameType type, long at) => at switch
    {
        Window.CurrentRow => new() { CurrentRow = true },
        Window.UnboundedPreceding or Window.UnboundedFollowing => new() { Unbounded = true },
        // Distances in rows are integers of 32 bits to Spark.
        _ => new() { Value = new Expression { Literal = type == Frame.Types.FrameType.Row ? Literals.From(checked((int)at)) : Literals.From(at) } },
    };
}
