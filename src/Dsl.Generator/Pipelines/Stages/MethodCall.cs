using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>A call of a user's method with columns for its parameters.</summary>
internal sealed class MethodCall
{
    private readonly List<Column> demanded = [];

    /// <summary>Writes the call.</summary>
    /// <param name="emission">The stage.</param>
    /// <param name="valueOf">A column's value, where the second says so null for null.</param>
    public MethodCall(StageEmission emission, Func<Column, bool, string> valueOf)
    {
        RowMethod method = emission.Stage.Method!;
        List<string> arguments = [];
        for (int i = 0; i < method.Parameters.Count; i++)
        {
            Column column = emission.Stage.Inputs[i];
            ColumnType type = method.Parameters[i].Type!;
            bool takesNull = type.IsNullable || (type.IsOblivious && column.IsNullable);
            if (!takesNull && column.IsNullable)
                demanded.Add(column);
            string value = valueOf(column, takesNull);
            // Of a value that is looked at before, what is within.
            if (!takesNull && column is { IsNullable: true } && emission.Place != EmissionPlace.Row)
                value += column.IsReference ? "!" : ".Value";
            if (!takesNull && !type.IsOblivious && MayBeWrong(column))
                value = $"({value} ?? throw global::Dsl.Pipelines.RowColumns.NullIn({Literal.Quoted(column.Name)}{(emission.Place == EmissionPlace.Row ? "" : ", batch.RowOf(i)")}))";
            arguments.Add(type.CSharp == column.CSharp ? value : $"({type.Declared}){value}");
        }

        Text = $"{emission.Code.FullName}.{Literal.Name(method.Name)}({string.Join(", ", arguments)})";
    }

    /// <summary>Whether a value of the row may be null though its declaration says that it cannot; an array of numbers is looked at where the row is read.</summary>
    public static bool MayBeWrong(Column column) =>
        column is { IsReference: true, IsNullable: false, Kind: not ColumnKind.Vector } && TypedValues.PropertyOf(column) is { IsNullable: false };

    /// <summary>The call.</summary>
    public string Text { get; }

    /// <summary>When all is there that the method takes no null for; null: always.</summary>
    /// <param name="hasValue">The condition that a column is there; null where it always is.</param>
    public string? Presence(Func<Column, string?> hasValue)
    {
        string[] conditions = [.. demanded.Select(hasValue).OfType<string>()];
        return conditions.Length == 0 ? null : string.Join(" && ", conditions);
    }
}
