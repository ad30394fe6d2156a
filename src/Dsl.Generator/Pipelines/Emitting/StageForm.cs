using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>How a stage's C# is written: what most stages have in common, which is a vector made of a vector.</summary>
internal class StageForm
{
    /// <summary>The options that its runtime class takes, in the attribute's order.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>It reads the batch's columns; else the values of C# that rows and methods have.</summary>
    public virtual bool ReadsBatch => true;

    /// <summary>What it makes of a row may be sparse.</summary>
    public bool IsSparse { get; init; }

    /// <summary>A vector that it makes has the size of what it reads.</summary>
    public bool KeepsSize { get; init; }

    /// <summary>Its static row form has the stage's name before the dense vector, and before a <c>Vector</c>.</summary>
    public (bool Dense, bool Sparse) IsNamed { get; init; }

    public virtual string? Prepared(StageEmission emission) => null;

    public virtual string PreparedType(string stage) => $"global::Dsl.Pipelines.{stage}Stage";

    public virtual void EmitFit(StageEmission emission) => emission.Fit(emission.Slot(emission.Input), Settings);

    public virtual void EmitTransform(StageEmission emission) => emission.Transform([emission.Slot(emission.Input), emission.Slot(emission.Output)], Settings);

    public virtual void EmitRow(StageEmission emission)
    {
        Column input = emission.Input;
        Column output = emission.Output;
        bool isStatic = !emission.Stage.Learns;
        string target = isStatic ? emission.Class : emission.Model;
        string options = isStatic ? emission.Further(Settings) : "";
        string Named(bool isNamed) => isStatic && isNamed ? emission.Name + ", " : "";
        if (emission.IsDense(output))
            emission.SetDense(output, span => $"{target}.Transform({Named(IsNamed.Dense)}{emission.Span(input)}, {span}{options});");
        else
            emission.Set($"{target}.Transform({Named(IsNamed.Sparse)}{emission.Vector(input)}{options})");
    }

    public virtual bool IsRowDense(Column output, Func<Column, bool> isDense) => !IsSparse && output.Sources.All(source => source.Kind != ColumnKind.Vector || isDense(source));

    /// <summary>A vector's size in C# where it is known only after fitting; null where even then it is not.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="output">The vector.</param>
    /// <param name="model">What was fitted.</param>
    /// <param name="sizeOf">The size of a vector that it reads.</param>
    public virtual string? FittedSize(CheckedStage stage, Column output, string model, Func<Column, string?> sizeOf) =>
        KeepsSize ? sizeOf(output.Sources[0]) : stage.Learns ? model + ".Size" : null;
}
