using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Protocol;

namespace Dsl.Spark.Sql;

/// <summary>
/// What the expressions of a plan are made in: the session that it is for, and the list of what must be on the cluster before it runs.
/// </summary>
/// <param name="session">The session.</param>
internal sealed class PlanContext(SparkSession session)
{
    /// <summary>The session that the plan is for.</summary>
    public SparkSession Session => session;

    /// <summary>What must be there before the plan runs.</summary>
    public HashSet<SessionResource> Resources { get; } = [];

    public Expression Build(Column column) => column.Build(this);

    public IEnumerable<Expression> Build(IEnumerable<Column> columns)
    {
        foreach (Column column in columns)
            yield return column.Build(this);
    }
}

/// <summary>What a plan needs on the cluster beforehand, such as the code of a function. Equal ones are one.</summary>
internal abstract record SessionResource
{
    /// <summary>Brings it there. Called before each run of a plan that has it: what is there already must cost nothing.</summary>
    public abstract Task ProvideAsync(SparkSession session, CancellationToken cancellation);
}
