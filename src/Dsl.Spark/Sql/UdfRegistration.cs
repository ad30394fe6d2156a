using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Executors;
using Dsl.Spark.Protocol;

namespace Dsl.Spark.Sql;

/// <summary>Gives C# functions names in the SQL of a session.</summary>
public sealed class UdfRegistration
{
    private readonly SparkSession session;

    internal UdfRegistration(SparkSession session) => this.session = session;

    /// <summary>Registers a function, so that SQL and <see cref="Functions.CallFunction"/> find it by its name.</summary>
    /// <param name="function">The function.</param>
    /// <param name="name">Its name in SQL; its own where none is given.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ArgumentException">It goes over partitions, not over columns.</exception>
    public async Task RegisterAsync(FunctionDescription function, string? name = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        await RegisterAsync(SparkFunction.Call(function, Functions.Lit(null)), name, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc cref="RegisterAsync(FunctionDescription, string?, CancellationToken)"/>
    public void Register(FunctionDescription function, string? name = null) => SparkSession.Wait(RegisterAsync(function, name));

    /// <summary>Registers a method that is marked <c>[SparkUdf]</c>, by its form over columns: <c>spark.Udf.Register(Udfs.Distance)</c>.</summary>
    /// <param name="function">The method.</param>
    /// <param name="name">Its name in SQL; its own, as plans show it, where none is given.</param>
    /// <exception cref="ArgumentException">The method computes a column without a C# function.</exception>
    public void Register(Func<Column, Column> function, string? name = null) => Register(Called(function, 1), name);

    /// <inheritdoc cref="Register(Func{Column, Column}, string?)"/>
    public void Register(Func<Column, Column, Column> function, string? name = null) => Register(Called(function, 2), name);

    /// <inheritdoc cref="Register(Func{Column, Column}, string?)"/>
    public void Register(Func<Column, Column, Column, Column> function, string? name = null) => Register(Called(function, 3), name);

    /// <inheritdoc cref="Register(Func{Column, Column}, string?)"/>
    public void Register(Func<Column, Column, Column, Column, Column> function, string? name = null) => Register(Called(function, 4), name);

    /// <inheritdoc cref="Register(Func{Column, Column}, string?)"/>
    public void Register(Func<Column, Column, Column, Column, Column, Column> function, string? name = null) => Register(Called(function, 5), name);

    /// <inheritdoc cref="Register(Func{Column, Column}, string?)"/>
    public void Register(Func<Column, Column, Column, Column, Column, Column, Column> function, string? name = null) => Register(Called(function, 6), name);

    private static Column Called(Delegate function, int arguments)
    {
        ArgumentNullException.ThrowIfNull(function);
        return (Column)function.DynamicInvoke([.. Enumerable.Repeat(Functions.Lit(null), arguments)])!;
    }

    private void Register(Column call, string? name) => SparkSession.Wait(RegisterAsync(call, name, CancellationToken.None));

    private async Task RegisterAsync(Column call, string? name, CancellationToken cancellation)
    {
        PlanContext context = new(session);
        CommonInlineUserDefinedFunction function = context.Build(call).CommonInlineUserDefinedFunction
            ?? throw new ArgumentException("The function is none that executors call, but an expression of Spark's own functions; SQL can have it as a view or write it out.");
        function.Arguments.Clear();
        if (name is not null)
            function.FunctionName = name;

        // What a registered function needs stays with the session: SQL text does not tell what it calls.
        await session.ProvideAsync(context.Resources, cancellation).ConfigureAwait(false);
        await foreach (ExecutePlanResponse _ in session.Client.ExecuteAsync(new Plan { Command = new Command { RegisterFunction = function } }, cancellation).ConfigureAwait(false))
        {
            // Done when all has been said.
        }
    }
}
