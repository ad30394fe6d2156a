using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>What a stage becomes: how its C# is written. What most have in common stands here, a vector made of a vector.</summary>
internal abstract class Stage : StageRule
{
    /// <summary>The options that its runtime class takes, in the attribute's order.</summary>
    public virtual IReadOnlyList<string> Settings => [];

    /// <summary>It reads the batch's columns; else the values of C# that rows and methods have.</summary>
    public virtual bool ReadsBatch => true;

    /// <summary>What it makes of a row may be sparse.</summary>
    public virtual bool IsSparse => false;

    /// <summary>A vector that it makes has the size of what it reads.</summary>
    public virtual bool KeepsSize => false;

    /// <summary>Its static row form has the stage's name before the dense vector, and before a <c>Vector</c>.</summary>
    public virtual (bool Dense, bool Sparse) IsNamed => default;

    /// <summary>Of a stage that learns nothing: what is made once, in <c>Fit</c>, and kept in a field; null where nothing is.</summary>
    public virtual string? Prepared(StageEmission emission) => null;

    /// <summary>The type of that field.</summary>
    public virtual string PreparedType => $"global::Dsl.Pipelines.{Name}Stage";

    /// <summary>Writes how it learns from a batch: a local in <c>Fit</c>.</summary>
    public virtual void EmitFit(StageEmission emission) => emission.Fit(emission.Slot(emission.Input), Settings);

    /// <summary>Writes how a batch goes through it.</summary>
    public virtual void EmitTransform(StageEmission emission) => emission.Transform([emission.Slot(emission.Input), emission.Slot(emission.Output)], Settings);

    /// <summary>Writes how one row goes through it, with the same bits.</summary>
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

    /// <summary>Whether a vector that it makes of one row is a run of doubles, where its size is known.</summary>
    public virtual bool IsRowDense(Column output, Func<Column, bool> isDense) => !IsSparse && output.Sources.All(source => source.Kind != ColumnKind.Vector || isDense(source));

    /// <summary>A vector's size in C# where it is known only after fitting; null where even then it is not.</summary>
    /// <param name="emission">The stage, where rows go through it.</param>
    /// <param name="output">The vector.</param>
    /// <param name="model">What was fitted.</param>
    /// <param name="sizeOf">The size of a vector that it reads.</param>
    public virtual string? FittedSize(StageEmission emission, Column output, string model, Func<Column, string?> sizeOf) =>
        KeepsSize ? sizeOf(output.Sources[0]) : emission.Stage.Learns ? model + ".Size" : null;

    /// <summary>A stage as what is emitted knows it: the check knows its rules.</summary>
    public static Stage Of(CheckedStage stage) => (Stage)stage.Rule;
}
