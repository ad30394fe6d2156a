using System;
using System.Linq;
using Dsl.Spark.Protocol;

namespace Dsl.Spark.Sql;

/// <summary>
/// Columns and the functions of Spark SQL; meant for <c>using static</c>. What has no method here goes by its name: <see cref="CallFunction"/>. Results and errors are those of
/// https://spark.apache.org/docs/latest/api/sql/.
/// </summary>
public static partial class Functions
{
    /// <summary>A column by its name; <c>*</c> for all, <c>s.f</c> for a field, backticks around a name with a point.</summary>
    /// <param name="columnName">The name.</param>
    public static Column Col(string columnName) => new(Attribute(columnName, plan: null));

    /// <inheritdoc cref="Col"/>
    public static Column Column(string columnName) => Col(columnName);

    /// <summary>A value as a column; a column stays what it is.</summary>
    /// <param name="literal">A number, text, bytes, a date, a time, an array of these, null, or a column.</param>
    public static Column Lit(object? literal) => literal as Column ?? new Column(new Expression { Literal = Literals.From(literal) });

    /// <summary>An expression in SQL: <c>Expr("length(name) + 1")</c>.</summary>
    /// <param name="expr">The text.</param>
    public static Column Expr(string expr) => new(new Expression { ExpressionString = new Expression.Types.ExpressionString { Expression = expr } });

    /// <summary>Any function by its name, built in or registered.</summary>
    /// <param name="name">The name.</param>
    /// <param name="columns">The arguments.</param>
    public static Column CallFunction(string name, params Column[] columns) => new(context =>
    {
        CallFunction call = new() { FunctionName = name };
        call.Arguments.AddRange(context.Build(columns));
        return new Expression { CallFunction = call };
    });

    /// <summary>The first case of a choice; <see cref="Column.When"/> and <see cref="Column.Otherwise"/> go on.</summary>
    /// <param name="condition">When it holds.</param>
    /// <param name="value">What the result is then; a column or a value.</param>
    public static Column When(Column condition, object? value) => Sql.Column.FirstCase(condition, value);

    internal static Expression Attribute(string name, long? plan)
    {
        if (name == "*" || name.EndsWith(".*", StringComparison.Ordinal))
        {
            Expression.Types.UnresolvedStar star = new();
            if (name.Length > 1)
                star.UnparsedTarget = name;
            if (plan is { } starId)
                star.PlanId = starId;
            return new Expression { UnresolvedStar = star };
        }

        Expression.Types.UnresolvedAttribute attribute = new() { UnparsedIdentifier = name };
        if (plan is { } id)
            attribute.PlanId = id;
        return new Expression { UnresolvedAttribute = attribute };
    }

    internal static Column Call(string name, params Column[] arguments) => new(context => Sql.Column.Function(name, arguments.Select(context.Build)));
}
