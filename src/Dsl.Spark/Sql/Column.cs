using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Spark.Protocol;
using static Dsl.Spark.Sql.Functions;
using DataType = Dsl.Spark.Types.DataType;
using Direction = Dsl.Spark.Protocol.Expression.Types.SortOrder.Types.SortDirection;
using Nulls = Dsl.Spark.Protocol.Expression.Types.SortOrder.Types.NullOrdering;

namespace Dsl.Spark.Sql;

/// <summary>
/// An expression over the columns of a table. Operators make further ones and compute nothing; values beside columns are taken as literals: <c>Col("x") * 2 > Col("y")</c>.
/// Note that <c>==</c> is such an operator too.
/// </summary>
public sealed class Column
{
    private readonly Func<PlanContext, Expression> build;
    private readonly Column[]? branches;
    private readonly Func<string, Column?>? fieldOf;

    /// <summary>An expression that is made for each plan that it is put into: it may depend on the session, or need something there.</summary>
    internal Column(Func<PlanContext, Expression> build) => this.build = build;

    internal Column(Expression expression) => build = _ => expression;

    private Column(Func<PlanContext, Expression> build, Func<string, Column?> fieldOf)
        : this(build) => this.fieldOf = fieldOf;

    private Column(Column[] branches)
        : this(context => Function("when", branches.Select(context.Build))) => this.branches = branches;

    /// <summary>A number as a literal.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Column(int value) => Lit(value);

    /// <summary>A number as a literal.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Column(long value) => Lit(value);

    /// <summary>A number as a literal.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Column(double value) => Lit(value);

    /// <summary>Whether both are equal; null where one is null.</summary>
    public static Column operator ==(Column left, object? right) => Call("==", left, Lit(right));

    /// <summary>Whether both differ; null where one is null.</summary>
    public static Column operator !=(Column left, object? right) => Call("not", left == right);

    /// <summary>Whether the left is less.</summary>
    public static Column operator <(Column left, object? right) => Call("<", left, Lit(right));

    /// <summary>Whether the left is greater.</summary>
    public static Column operator >(Column left, object? right) => Call(">", left, Lit(right));

    /// <summary>Whether the left is not greater.</summary>
    public static Column operator <=(Column left, object? right) => Call("<=", left, Lit(right));

    /// <summary>Whether the left is not less.</summary>
    public static Column operator >=(Column left, object? right) => Call(">=", left, Lit(right));

    /// <summary>The sum.</summary>
    public static Column operator +(Column left, object? right) => Call("+", left, Lit(right));

    /// <summary>The difference.</summary>
    public static Column operator -(Column left, object? right) => Call("-", left, Lit(right));

    /// <summary>The product.</summary>
    public static Column operator *(Column left, object? right) => Call("*", left, Lit(right));

    /// <summary>The quotient, a fraction also of integers.</summary>
    public static Column operator /(Column left, object? right) => Call("/", left, Lit(right));

    /// <summary>The remainder.</summary>
    public static Column operator %(Column left, object? right) => Call("%", left, Lit(right));

    /// <summary>The number with the other sign.</summary>
    public static Column operator -(Column column) => Call("negative", column);

    /// <summary>Whether it is false.</summary>
    public static Column operator !(Column column) => Call("not", column);

    /// <summary>Whether both are true.</summary>
    public static Column operator &(Column left, object? right) => Call("and", left, Lit(right));

    /// <summary>Whether one of them is true.</summary>
    public static Column operator |(Column left, object? right) => Call("or", left, Lit(right));

    /// <summary>Whether both are equal, where null equals null.</summary>
    /// <param name="other">A column or a value.</param>
    public Column EqNullSafe(object? other) => Call("<=>", this, Lit(other));

    /// <summary>Whether both are true.</summary>
    /// <param name="other">A column or a value.</param>
    public Column And(object? other) => this & other;

    /// <summary>Whether one of them is true.</summary>
    /// <param name="other">A column or a value.</param>
    public Column Or(object? other) => this | other;

    /// <summary>The bits that both have.</summary>
    /// <param name="other">A column or a value.</param>
    public Column BitwiseAND(object? other) => Call("&", this, Lit(other));

    /// <summary>The bits that one of them has.</summary>
    /// <param name="other">A column or a value.</param>
    public Column BitwiseOR(object? other) => Call("|", this, Lit(other));

    /// <summary>The bits in which they differ.</summary>
    /// <param name="other">A column or a value.</param>
    public Column BitwiseXOR(object? other) => Call("^", this, Lit(other));

    /// <summary>Gives it a name.</summary>
    /// <param name="names">The name; several for a function that gives several columns.</param>
    public Column As(params string[] names) => new(context =>
    {
        Expression.Types.Alias alias = new() { Expr = context.Build(this) };
        alias.Name.AddRange(names);
        return new Expression { Alias = alias };
    });

    /// <inheritdoc cref="As"/>
    /// <param name="name">The name.</param>
    public Column Alias(string name) => As(name);

    /// <summary>Gives it a name.</summary>
    /// <param name="name">The name.</param>
    public Column Name(string name) => As(name);

    /// <summary>The value as another type; what cannot be one is an error where Spark runs in ANSI mode, as Spark 4 does, else null.</summary>
    /// <param name="to">The type.</param>
    public Column Cast(DataType to)
    {
        ArgumentNullException.ThrowIfNull(to);
        return CastTo(cast => cast.Type = to.ToProtocol(), Expression.Types.Cast.Types.EvalMode.Unspecified);
    }

    /// <inheritdoc cref="Cast(DataType)"/>
    /// <param name="to">The type in SQL's words, such as <c>decimal(10,2)</c>.</param>
    public Column Cast(string to) => CastTo(cast => cast.TypeStr = to, Expression.Types.Cast.Types.EvalMode.Unspecified);

    /// <summary>The value as another type; null where it cannot be one.</summary>
    /// <param name="to">The type in SQL's words, such as <c>int</c>.</param>
    public Column TryCast(string to) => CastTo(cast => cast.TypeStr = to, Expression.Types.Cast.Types.EvalMode.Try);

    /// <summary>Whether it is one of these values.</summary>
    /// <param name="values">Values or columns.</param>
    public Column IsIn(params object?[] values) => Call("in", [this, .. values.Select(Lit)]);

    /// <summary>Whether it is neither less than the one nor greater than the other.</summary>
    /// <param name="lowerBound">A column or a value.</param>
    /// <param name="upperBound">A column or a value.</param>
    public Column Between(object? lowerBound, object? upperBound) => this >= lowerBound & this <= upperBound;

    /// <summary>Whether text is like a pattern of SQL, with <c>%</c> and <c>_</c>.</summary>
    /// <param name="pattern">The pattern.</param>
    public Column Like(string pattern) => Call("like", this, Lit(pattern));

    /// <summary>As <see cref="Like"/>, capital or not.</summary>
    /// <param name="pattern">The pattern.</param>
    public Column ILike(string pattern) => Call("ilike", this, Lit(pattern));

    /// <summary>Whether a regular expression of Java's is found in text.</summary>
    /// <param name="pattern">The expression.</param>
    public Column RLike(string pattern) => Call("rlike", this, Lit(pattern));

    /// <summary>Whether text holds another.</summary>
    /// <param name="other">A column or a value.</param>
    public Column Contains(object other) => Call("contains", this, Lit(other));

    /// <summary>Whether text starts with another.</summary>
    /// <param name="other">A column or a value.</param>
    public Column StartsWith(object other) => Call("startswith", this, Lit(other));

    /// <summary>Whether text ends with another.</summary>
    /// <param name="other">A column or a value.</param>
    public Column EndsWith(object other) => Call("endswith", this, Lit(other));

    /// <summary>A part of text.</summary>
    /// <param name="start">Where it starts; the first character is 1.</param>
    /// <param name="length">Its length.</param>
    public Column SubStr(object start, object length) => Call("substr", this, Lit(start), Lit(length));

    /// <summary>Whether it is null.</summary>
    public Column IsNull() => Call("isNull", this);

    /// <summary>Whether it is not null.</summary>
    public Column IsNotNull() => Call("isNotNull", this);

    /// <summary>Whether it is a NaN.</summary>
    public Column IsNaN() => Call("isNaN", this);

    /// <summary>An element of an array (from 0), a value of a map, or a field of a struct.</summary>
    /// <param name="key">The place, the key or the name; a column or a value.</param>
    public Column GetItem(object key) => new(context => new Expression
    {
        UnresolvedExtractValue = new Expression.Types.UnresolvedExtractValue { Child = context.Build(this), Extraction = context.Build(Lit(key)) },
    });

    /// <summary>A field of a struct.</summary>
    /// <param name="name">Its name.</param>
    public Column GetField(string name) => fieldOf?.Invoke(name) ?? GetItem(name);

    /// <summary>A struct with a field more, or another one.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="value">Its value.</param>
    public Column WithField(string name, Column value) => new(context => new Expression
    {
        UpdateFields = new Expression.Types.UpdateFields { StructExpression = context.Build(this), FieldName = name, ValueExpression = context.Build(value) },
    });

    /// <summary>A struct without some fields.</summary>
    /// <param name="names">Their names.</param>
    public Column DropFields(params string[] names) => names.Aggregate(this, (column, name) => new Column(context => new Expression
    {
        UpdateFields = new Expression.Types.UpdateFields { StructExpression = context.Build(column), FieldName = name },
    }));

    /// <summary>A further case behind <see cref="Functions.When"/>.</summary>
    /// <param name="condition">When it holds.</param>
    /// <param name="value">What the result is then; a column or a value.</param>
    public Column When(Column condition, object? value) => branches is null || branches.Length % 2 != 0
        ? throw new InvalidOperationException("When follows Functions.When(...) or another When, and stands before Otherwise.")
        : new Column([.. branches, condition, Lit(value)]);

    /// <summary>The result where no case holds; without it, null.</summary>
    /// <param name="value">A column or a value.</param>
    public Column Otherwise(object? value) => branches is null || branches.Length % 2 != 0
        ? throw new InvalidOperationException("Otherwise follows Functions.When(...), once.")
        : new Column([.. branches, Lit(value)]);

    /// <summary>An aggregate or window function over a window.</summary>
    /// <param name="window">The window.</param>
    public Column Over(WindowSpec window)
    {
        ArgumentNullException.ThrowIfNull(window);
        return new Column(context => window.Over(context, this));
    }

    /// <summary>Rising, null first.</summary>
    public Column Asc() => AscNullsFirst();

    /// <summary>Rising, null first.</summary>
    public Column AscNullsFirst() => Sorted(Direction.Ascending, Nulls.SortNullsFirst);

    /// <summary>Rising, null last.</summary>
    public Column AscNullsLast() => Sorted(Direction.Ascending, Nulls.SortNullsLast);

    /// <summary>Falling, null last.</summary>
    public Column Desc() => DescNullsLast();

    /// <summary>Falling, null first.</summary>
    public Column DescNullsFirst() => Sorted(Direction.Descending, Nulls.SortNullsFirst);

    /// <summary>Falling, null last.</summary>
    public Column DescNullsLast() => Sorted(Direction.Descending, Nulls.SortNullsLast);

    /// <summary>Whether it is the same object: <c>==</c> makes an expression.</summary>
    /// <param name="obj">Another object.</param>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>The same, with fields that are cheaper to have without the struct.</summary>
    /// <param name="field">Makes the field of a name; null where it is taken out of the struct.</param>
    internal Column OfFields(Func<string, Column?> field) => new(build, field);

    internal static Column FirstCase(Column condition, object? value) => new(new[] { condition, Lit(value) });

    internal Expression Build(PlanContext context) => build(context);

    /// <summary>The order that it asks for; rising where it asks for none.</summary>
    internal Expression.Types.SortOrder BuildOrder(PlanContext context)
    {
        Expression expression = Build(context);
        return expression.SortOrder ?? new Expression.Types.SortOrder { Child = expression, Direction = Direction.Ascending, NullOrdering = Nulls.SortNullsFirst };
    }

    internal static Expression Function(string name, IEnumerable<Expression> arguments, bool isDistinct = false)
    {
        Expression.Types.UnresolvedFunction function = new() { FunctionName = name, IsDistinct = isDistinct };
        function.Arguments.AddRange(arguments);
        return new Expression { UnresolvedFunction = function };
    }

    private Column CastTo(Action<Expression.Types.Cast> type, Expression.Types.Cast.Types.EvalMode mode) => new(context =>
    {
        Expression.Types.Cast cast = new() { Expr = context.Build(this), EvalMode = mode };
        type(cast);
        return new Expression { Cast = cast };
    });

    private Column Sorted(Direction direction, Nulls nulls) => new(context => new Expression
    {
        SortOrder = new Expression.Types.SortOrder { Child = context.Build(this), Direction = direction, NullOrdering = nulls },
    });
}
